"""Compare the package with the reference values of a folder: python -m tests.reference.check FOLDER."""

import sys
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

from .compare import Outcome, read_cases, run_case


def case_lines(outcome: Outcome) -> Iterable[str]:
    """One line for a case, and one for everything that is wrong or left out in it."""
    name = outcome.case["id"]
    if not outcome.covered:
        yield f"  {name:<42} not covered ({outcome.case['estimator']})"
        return
    worst = outcome.worst
    verdict = "FAILED" if outcome.failed else "ok"
    numbers = f"{worst.error:10.1e} {worst.relative:10.1e}" if worst else f"{'-':>10} {'-':>10}"
    yield f"  {name:<42} {numbers}  {verdict}" + (f"  ({worst.name})" if worst and worst.error else "")
    if outcome.problem:
        yield f"      {outcome.problem}"
    for difference in outcome.differences:
        if difference.failed:
            found = "nothing" if difference.found is None else repr(difference.found)
            yield f"      {difference.name}: expected {difference.expected!r}, found {found}"
    for expected, reason in outcome.not_offered:
        yield f"      {expected}: not offered. {reason}"


def report(outcomes: Sequence[Outcome]) -> Iterable[str]:
    """Every case by area, a summary of every area, what is not covered, and the closing line."""
    yield f"  {'case':<42} {'rel. error':>10} {'tolerance':>10}"
    for (_, area), members in groupby(sorted(outcomes, key=_area), key=_area):
        cases = list(members)
        yield f"\n{area}"
        for outcome in cases:
            yield from case_lines(outcome)
        passed, failed, uncovered = _counts(cases)
        yield f"  {area}: {passed} ok, {failed} failed, {uncovered} not covered"
    passed, failed, uncovered = _counts(outcomes)
    keys = sorted({outcome.case["estimator"] for outcome in outcomes if not outcome.covered})
    yield ""
    yield f"{uncovered} not covered: {', '.join(keys)}" if keys else "0 not covered"
    yield f"{passed} passed, {failed} failed"


def _area(outcome: Outcome) -> tuple[int, str]:
    area = str(outcome.case.get("area", ""))
    number = area.partition("_")[0]
    return (int(number) if number.isdigit() else 0, area)


def _counts(outcomes: Iterable[Outcome]) -> tuple[int, int, int]:
    found = list(outcomes)
    failed = sum(outcome.failed for outcome in found)
    uncovered = sum(not outcome.covered for outcome in found)
    return len(found) - failed - uncovered, failed, uncovered


def main(arguments: Sequence[str]) -> int:
    """Compare one folder; 0 when nothing failed, 1 when something did, 2 when there is no such folder."""
    folder = Path(arguments[0]) if len(arguments) == 1 else None
    if folder is None or not (folder / "cases.json").is_file():
        sys.stderr.write("Give one folder that holds cases.json and data/.\n")
        return 2
    outcomes = [run_case(case, folder) for case in read_cases(folder)]
    sys.stdout.write("\n".join(report(outcomes)) + "\n")
    return int(any(outcome.failed for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
