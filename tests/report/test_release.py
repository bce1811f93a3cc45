"""All exhibits of a report are protected together, and only the protected ones are left on disk."""

from dataclasses import replace
from pathlib import Path

import nbformat
import numpy as np
import pandas as pd
import pytest

from evaluation.audit import Published, attack, read_published
from evaluation.chapters import NOTEBOOKS, change, chapters_of, equality, overview
from evaluation.disclosure import withheld_after
from evaluation.report import history
from evaluation.report.audience import AUDIENCES, workshop_policy
from evaluation.report.exhibit import Exhibit, Exhibits, bundle, exhibit
from evaluation.report.release import (
    _final,
    counted_verdicts,
    named,
    positive_answers,
    protect_together,
    published_before,
)
from evaluation.report.render import read_exhibits
from evaluation.result import Result
from evaluation.vocabulary.errors import MissingFileError
from evaluation.vocabulary.message import Message, msg

ROOT = Path(__file__).parents[2]


def notebook(path: Path, exhibits: list[Exhibit]) -> Path:
    cell = nbformat.v4.new_code_cell("chapter.exhibits(study)")
    cell.outputs = [nbformat.v4.new_output("display_data", bundle(exhibits))]
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), path)
    return path


def audit(folder: Path, study):
    return attack(
        read_published(folder),
        threshold=study.policy.threshold,
        answers_for_yes=positive_answers(study.project),
        together=tuple(study.policy.together),
    )


@pytest.fixture(scope="module")
def drafts(halland_study, tmp_path_factory):
    """Return two chapters of which the second would give away what the first leaves out."""
    folder = tmp_path_factory.mktemp("drafts")
    first = notebook(folder / "a.ipynb", [overview.statements(halland_study), change.table(halland_study)])
    shown = [
        equality.composition(halland_study),
        equality.lead(halland_study),
        equality.change_by_group(halland_study),
    ]
    second = notebook(folder / "b.ipynb", shown)
    return [first, second]


@pytest.fixture(scope="module")
def released(drafts, halland_study):
    before = audit(drafts[0].parent, halland_study)
    return before, protect_together(drafts, halland_study), audit(drafts[0].parent, halland_study)


def test_the_attacker_recovers_something_before_and_nothing_after(released):
    before, release, after = released
    assert before.recovered
    assert after.recovered == ()
    assert release.complementary > 0


def test_figures_and_sentences_are_those_of_the_protected_rows(released, drafts):
    exhibits = {exhibit.key: exhibit for path in drafts for exhibit in read_exhibits(path)}
    hidden = [row for row in exhibits["change-by-group"].result.records() if row["suppressed"]]
    assert all(row.get("n") is None and row.get("estimate") is None for row in hidden)
    assert hidden


def test_women_are_never_shown_without_men(released, drafts):
    exhibits = {exhibit.key: exhibit for path in drafts for exhibit in read_exhibits(path)}
    by_sex = [row for row in exhibits["change-by-group"].result.records() if row["group"] == "sex"]
    pairs: dict[str, set[bool]] = {}
    for row in by_sex:
        pairs.setdefault(row["indicator"], set()).add(bool(row["suppressed"]))
    assert pairs
    assert all(len(states) == 1 for states in pairs.values())
    assert not any(
        row["suppressed"] for row in exhibits["composition"].result.records() if row["group"] == "sex"
    )


def test_a_tally_counts_no_verdict_of_a_withheld_row(released, drafts):
    exhibits = {exhibit.key: exhibit for exhibit in read_exhibits(drafts[1])}
    shown = [
        row
        for row in exhibits["composition"].result.records()
        if not row["suppressed"] and row.get("verdict")
    ]
    counted = exhibits["equality-lead"].result.table
    assert counted["n"].iloc[0] == len(shown)


def test_doing_it_again_changes_nothing(released, drafts, halland_study):
    before = [path.read_bytes() for path in drafts]
    again = protect_together(drafts, halland_study)
    assert [path.read_bytes() for path in drafts] == before
    assert (again.primary, again.complementary) == (released[1].primary, released[1].complementary)


def cells(name: str) -> list[str]:
    node = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)
    return [cell.source for cell in node.cells if cell.cell_type == "code"][1:]


@pytest.mark.slow
def test_nothing_is_recovered_from_the_whole_report_of_skills_halland(halland_study, tmp_path):
    paths = []
    for chapter in chapters_of(halland_study.project):
        setup, *calls = cells(NOTEBOOKS[chapter])
        names: dict[str, object] = {}
        imports = "\n".join(
            line for line in setup.splitlines() if line.startswith("from evaluation.chapters")
        )
        exec(imports, names)
        names["study"] = halland_study
        shown = [eval(call, names) for call in calls]
        flat = [one for found in shown for one in (found if isinstance(found, Exhibits) else [found])]
        paths.append(notebook(tmp_path / f"{chapter}.ipynb", flat))
    assert audit(tmp_path, halland_study).recovered
    protect_together(paths, halland_study)
    found = audit(tmp_path, halland_study)
    assert found.recovered == ()
    assert found.published > 150


def seen_at_workshop(drafts, study, *, joint: bool) -> Published:
    shown = [exhibit for path in drafts for exhibit in read_exhibits(path)]
    given = shown if joint else [replace(exhibit, strict=()) for exhibit in shown]
    found = [AUDIENCES["workshop"].exhibit(exhibit, study) for exhibit in given]
    return published(exhibit for exhibit in found if exhibit)


def published(exhibits) -> Published:
    rows = [
        {"exhibit": exhibit.key, **{key: value for key, value in row.items() if value is not None}}
        for exhibit in exhibits
        for row in exhibit.result.records()
    ]
    return Published(tuple(rows), (), 0, 0, 0, None)


def options(study, policy) -> dict:
    return {
        "threshold": policy.threshold,
        "answers_for_yes": positive_answers(study.project),
        "together": tuple(policy.together),
    }


def test_a_workshops_figures_together_tell_no_more_than_its_stricter_threshold(halland_study, tmp_path):
    """A remainder of seven is enough for a report, and too few for a workshop."""
    policy, study = workshop_policy(halland_study), without_always(halland_study)
    indicator = next(key for key, one in study.indicators(kind="target").items() if one.unit == "person")
    rows = [described(indicator, 90, 191), *(described(indicator, k, n, level) for level, k, n in SPLIT)]
    shown = exhibit("split", Result(pd.DataFrame(rows)), study, title=msg("In short"))
    path = notebook(tmp_path / "a.ipynb", [shown])
    protect_together([path], study)
    (final,) = read_exhibits(path)
    assert not final.result.table["suppressed"].any()
    alone = published([AUDIENCES["workshop"].exhibit(replace(final, strict=()), study)])
    together = published([AUDIENCES["workshop"].exhibit(final, study)])
    assert attack(alone, threshold=policy.threshold).recovered
    assert attack(together, threshold=policy.threshold).recovered == ()
    assert any(not row["suppressed"] for row in together.rows)


SPLIT = (("women", 35, 70), ("men", 50, 114))


def described(indicator: str, k: int, n: int, level: str | None = None) -> dict:
    fixed = {"estimand": "described_share", "unit": "person", "indicator": indicator, "wave": "after"}
    return {**fixed, "group": level and "sex", "level": level, "estimate": k / n, "k": k, "n": n}


def without_always(study):
    """Return a study in which sexes need not be shown together."""
    groups = dict(study.project.groups)
    groups["sex"] = groups["sex"].model_copy(update={"show_always": ()})
    changed = study.project.model_copy(update={"groups": groups})
    return replace(study, loaded=study.loaded.model_copy(update={"definition": changed}))


def test_the_two_editions_of_a_report_together_tell_no_more_than_one(released, drafts, halland_study):
    usual = options(halland_study, halland_study.policy)
    whole = published(exhibit for path in drafts for exhibit in read_exhibits(path))
    both = replace(whole, rows=whole.rows + seen_at_workshop(drafts, halland_study, joint=True).rows)
    assert attack(both, **usual).recovered == ()


def test_the_same_report_again_withholds_no_more_for_a_published_one(
    released, drafts, halland_study, tmp_path, monkeypatch
):
    shown = [exhibit for path in drafts for exhibit in read_exhibits(path)]
    monkeypatch.setattr(history, "history_folder", lambda loaded: tmp_path)
    history.keep_record(history.record_of(shown, halland_study), halland_study.loaded)
    study = with_published(halland_study, 1)
    told = published_before(study)
    assert told.shown
    assert told.withheld
    tables = [named(one.result.table, one.key, study.project) for one in shown]
    found = withheld_after(tables, study.policy, told, positives=positive_answers(study.project))
    assert found.withheld.sum() == sum(int(table["suppressed"].sum()) for table in tables)


def test_a_published_report_that_is_not_recorded_is_told(halland_study, tmp_path, monkeypatch):
    monkeypatch.setattr(history, "history_folder", lambda loaded: tmp_path)
    with pytest.raises(MissingFileError, match="number 3"):
        published_before(with_published(halland_study, 3))


def with_published(study, *numbers: int):
    project = study.project
    privacy = project.privacy.model_copy(update={"published": numbers})
    changed = project.model_copy(update={"privacy": privacy})
    return replace(study, loaded=study.loaded.model_copy(update={"definition": changed}))


def test_a_tally_says_how_many_verdicts_are_not_told(halland_study):
    counted = tuple((0, "covered", ("row", str(number))) for number in range(4))
    result = counted_verdicts(counted)
    lead = exhibit("x-lead", result, halland_study, title=Message("In short"), layout="lead")
    nothing = np.zeros(len(result.table), dtype=bool)
    shown = _final(lead, nothing, nothing, {("row", "0")}, halland_study)
    row = shown.result.records()[0]
    assert (row["estimate"], row["n"], row["n_total"]) == (3, 3, 4)
    assert str(shown.findings("sv")[0]) == "Tre av fyra krav är uppfyllda."
    assert "En bedömning redovisas inte" in shown.to_html("sv")
    again = _final(shown, np.zeros(1, dtype=bool), np.zeros(1, dtype=bool), set(), halland_study)
    assert again.to_html("sv") == shown.to_html("sv")


def test_a_figure_of_nothing_but_withheld_rows_is_a_sentence(halland_study):
    few = pd.DataFrame(
        {"estimand": ["attained_share"] * 2, "unit": "person", "estimate": 0.5, "n": 2, "k": 1}
    )
    card = exhibit("few", Result(few), halland_study, title=Message("In short"))
    shown = _final(card, np.ones(2, dtype=bool), np.zeros(2, dtype=bool), set(), halland_study)
    assert shown.layout == "withheld"
    html = shown.to_html("sv")
    assert "Redovisas inte" in html
    assert "<table" not in html and "<img" not in html
