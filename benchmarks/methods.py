"""Speed of the heavy methods beside scipy, statsmodels, a plain loop and R: `python -m benchmarks.methods`.

All get the same numbers in one run and on one core. R is timed inside R, so that its start does not count; without
R, or without one of its packages, its lines say so. Where a rival would take minutes it does part of the work
and the time is multiplied; its line says by how much.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
import pandas as pd
import statsmodels.api as sm
from scipy import stats
from statsmodels.imputation import mice
from statsmodels.regression.mixed_linear_model import MixedLM

from benchmarks.disclosure import attacked, programme, protected
from evaluation.missing.change import imputed_change
from evaluation.planning.target import verdict_chances
from evaluation.simulate.population import organisation_sizes
from evaluation.stats.cluster_bootstrap import cluster_bootstrap, cluster_totals
from evaluation.stats.cluster_outcomes import outcome_contrasts
from evaluation.stats.mixed_model import RandomTerm, mixed_model
from evaluation.stats.proportion import hypergeometric
from evaluation.stats.wild_bootstrap import wild_bootstrap

REPLICATES, TABLES, RUNS = 9_999, 50, 5
RNG = np.random.default_rng(1)
FIRM = np.repeat(np.arange(30), organisation_sizes(190, 30, RNG))
MEMBERS = [np.flatnonzero(firm == FIRM) for firm in range(30)]
TREATED = (FIRM % 2).astype(float)
DESIGN = np.column_stack([np.ones(FIRM.size), TREATED, RNG.normal(size=FIRM.size)])
OUTCOMES = RNG.normal(size=(30, 1000))[FIRM] / 3 + RNG.normal(size=(FIRM.size, 1000))

MANY_FIRM = np.repeat(np.arange(2_000), organisation_sizes(20_000, 2_000, RNG))
MANY_X = np.column_stack([np.ones(20_000), RNG.normal(size=20_000)])
MANY_Y = MANY_X @ [3.0, 0.2] + RNG.normal(0, 0.5, 2_000)[MANY_FIRM] + RNG.normal(size=20_000)
PERSON = np.repeat(np.arange(10_000), 2)
WAVE = np.tile([0.0, 1.0], 10_000)
NESTED_FIRM = np.repeat(np.repeat(np.arange(2_000), organisation_sizes(10_000, 2_000, RNG)), 2)
NESTED_X = np.column_stack([np.ones(20_000), WAVE])
NESTED_Y = (
    NESTED_X @ [3.0, 0.2]
    + RNG.normal(0, 0.4, 2_000)[NESTED_FIRM]
    + RNG.normal(0, 0.6, 10_000)[PERSON]
    + RNG.normal(0, 0.7, 20_000)
)

BEFORE = RNG.normal(3, 1, FIRM.size)
AFTER = np.where(RNG.random(FIRM.size) < 0.7, BEFORE + RNG.normal(0.3, 1, FIRM.size), np.nan)
WAVES = pd.DataFrame({"before": BEFORE, "after": AFTER, "organisation": FIRM})


@dataclass(frozen=True, slots=True)
class Rival:
    """Another way to the same numbers.

    Attributes
    ----------
    name
        Who.
    work
        What it does, or a program of R that prints its own seconds.
    part
        Which part of the whole it does.
    """

    name: str
    work: Callable[[], object] | str
    part: float = 1.0


def _bootstrap() -> object:
    return cluster_bootstrap(cluster_totals(OUTCOMES[:, :50], FIRM), rng=np.random.default_rng(1))


def _bootstrap_scipy() -> None:
    totals = cluster_totals(OUTCOMES[:, 0], FIRM).T
    stats.bootstrap(
        tuple(totals),
        lambda sums, answers, axis: sums.sum(axis) / answers.sum(axis),
        **{"n_resamples": REPLICATES, "paired": True, "vectorized": True, "rng": np.random.default_rng(1)},
    )


def _bootstrap_loop() -> np.ndarray:
    rng, rows = np.random.default_rng(1), [OUTCOMES[own, 0] for own in MEMBERS]
    means = [
        np.concatenate([rows[firm] for firm in rng.integers(30, size=30)]).mean() for _ in range(REPLICATES)
    ]
    return np.quantile(means, [0.025, 0.975])


BOOT_R = f"""
library(boot)
parts <- split(d$y1, d$firm)
totals <- cbind(sapply(parts, sum), sapply(parts, length))
seconds <- system.time({{
  drawn <- boot(totals, function(t, i) sum(t[i, 1]) / sum(t[i, 2]), R = {REPLICATES})
  limits <- boot.ci(drawn, type = "bca")
}})["elapsed"]
"""


def _wild() -> object:
    y = OUTCOMES[:, 0]
    return wild_bootstrap(y, DESIGN, FIRM, [0, 1, 0], rng=np.random.default_rng(1), draws=REPLICATES)


def _wild_loop() -> float:
    """Test one value; an interval by inversion would need a test for every value that it tries."""
    rng, y = np.random.default_rng(1), OUTCOMES[:, 0]
    restricted = DESIGN[:, [0, 2]]
    fitted = restricted @ np.linalg.lstsq(restricted, y, rcond=None)[0]
    bread = np.linalg.inv(DESIGN.T @ DESIGN)

    def statistic(outcome: np.ndarray) -> float:
        beta = bread @ (DESIGN.T @ outcome)
        residual = outcome - DESIGN @ beta
        scores = [DESIGN[own].T @ residual[own] for own in MEMBERS]
        meat = sum(np.outer(score, score) for score in scores)
        return float(beta[1] / np.sqrt((bread @ meat @ bread)[1, 1]))

    draws = REPLICATES // 20
    drawn = [statistic(fitted + (y - fitted) * rng.choice([-1, 1], 30)[FIRM]) for _ in range(draws)]
    return float(np.mean(np.abs(drawn) >= abs(statistic(y))))


def _cr2() -> object:
    return outcome_contrasts(OUTCOMES, DESIGN, FIRM, [0, 1, 0])


def _cr1_statsmodels() -> None:
    for y in OUTCOMES.T:
        sm.OLS(y, DESIGN).fit(cov_type="cluster", cov_kwds={"groups": FIRM}).conf_int()


def _cr2_loop() -> list[float]:
    """Use the formulas as they stand, with tables of rows by rows, for fifty of the outcomes."""
    limits = []
    for y in OUTCOMES[:, :50].T:
        bread = np.linalg.inv(DESIGN.T @ DESIGN)
        hat = DESIGN @ bread @ DESIGN.T
        left = np.eye(y.size) - hat
        residual, meat, vectors = left @ y, np.zeros((3, 3)), []
        for own in MEMBERS:
            values, directions = np.linalg.eigh(left[np.ix_(own, own)])
            root = (directions / np.sqrt(values)) @ directions.T
            score = DESIGN[own].T @ (root @ residual[own])
            meat += np.outer(score, score)
            vectors.append(left[:, own] @ (root @ DESIGN[own] @ bread[:, 1]))
        products = np.array(vectors) @ np.array(vectors).T
        df = np.trace(products) ** 2 / np.sum(products**2)
        error = np.sqrt((bread @ meat @ bread)[1, 1])
        limits.append(float((bread @ DESIGN.T @ y)[1] - stats.t.ppf(0.975, df) * error))
    return limits


CR2_R = """
library(clubSandwich)
seconds <- system.time(for (i in 1:20) {
  fit <- lm(reformulate(c("treated", "score"), paste0("y", i)), d)
  tested <- conf_int(fit, vcov = "CR2", cluster = d$firm)
})["elapsed"]
"""


def _mixed() -> object:
    return mixed_model(MANY_Y, MANY_X, [RandomTerm(MANY_FIRM)])


def _mixed_statsmodels() -> object:
    return MixedLM(MANY_Y, MANY_X, MANY_FIRM).fit(reml=True)


def _nested() -> object:
    return mixed_model(NESTED_Y, NESTED_X, [RandomTerm(PERSON), RandomTerm(NESTED_FIRM)])


MIXED_R = """
library(lme4)
seconds <- system.time(fit <- lmer(y ~ x + (1 | firm), many))["elapsed"]
"""
NESTED_R = """
library(lme4)
seconds <- system.time(fit <- lmer(y ~ wave + (1 | firm) + (1 | person), nested))["elapsed"]
"""


def _imputation() -> object:
    return imputed_change(WAVES, rng=np.random.default_rng(1), draws=TABLES, method="pooled")


def _imputation_statsmodels() -> object:
    tables = mice.MICEData(WAVES[["before", "after"]])
    return mice.MICE("after ~ before", sm.OLS, tables).fit(1, TABLES)


MICE_R = f"""
library(mice)
w <- waves[c("before", "after")]
seconds <- system.time({{
  tables <- mice(w, m = {TABLES}, maxit = 1, method = "norm", printFlag = FALSE)
  pooled <- pool(with(tables, lm(I(after - before) ~ 1)))
}})["elapsed"]
"""

TABLES_OF_REPORT = programme(np.random.default_rng(1), people=191, questions=8)
PROTECTED = protected(TABLES_OF_REPORT)
PLAN = {"n_total": 300, "n": 200, "target": 0.7, "share": 0.75}


def _suppression() -> object:
    return protected(TABLES_OF_REPORT)


def _audit() -> object:
    return attacked(TABLES_OF_REPORT, PROTECTED)


def _planning() -> object:
    return verdict_chances(**PLAN)


def _planning_simulated() -> float:
    """Draw 2,000 surveys and judge each by its interval."""
    total, n = PLAN["n_total"], PLAN["n"]
    yes = round(PLAN["share"] * total)
    drawn = np.random.default_rng(1).hypergeometric(yes, total - yes, n, 2_000)
    return float(np.mean([hypergeometric(int(k), n, total).conf_low > PLAN["target"] for k in drawn]))


COMPARISONS: tuple[tuple[str, Callable[[], object], tuple[Rival, ...]], ...] = (
    (
        "cluster bootstrap, 9,999 replicates, 50 outcomes, BCa",
        _bootstrap,
        (
            Rival("scipy.stats.bootstrap, one outcome x 50", _bootstrap_scipy, 1 / 50),
            Rival("plain loop, percentiles, one outcome x 50", _bootstrap_loop, 1 / 50),
            Rival("R boot, one outcome x 50", BOOT_R, 1 / 50),
        ),
    ),
    (
        "wild bootstrap, 9,999 draws, test and interval",
        _wild,
        (Rival("plain loop, test only, 499 draws x 20", _wild_loop, 1 / 20),),
    ),
    (
        "CR2 with Satterthwaite, 1,000 outcomes",
        _cr2,
        (
            Rival("statsmodels, CR1 with z", _cr1_statsmodels),
            Rival("plain loop, 50 outcomes x 20", _cr2_loop, 1 / 20),
            Rival("R clubSandwich, 20 outcomes x 50", CR2_R, 1 / 50),
        ),
    ),
    (
        "mixed model, 20,000 rows, 2,000 companies",
        _mixed,
        (Rival("statsmodels MixedLM", _mixed_statsmodels), Rival("R lme4", MIXED_R)),
    ),
    (
        "mixed model, 10,000 people twice in 2,000 companies",
        _nested,
        (Rival("R lme4", NESTED_R),),
    ),
    (
        "multiple imputation, 50 tables, pooled",
        _imputation,
        (Rival("statsmodels MICE", _imputation_statsmodels), Rival("R mice", MICE_R)),
    ),
    (
        "withholding over all tables of 191 people, 8 questions",
        _suppression,
        (Rival("one audit of the finished tables", _audit),),
    ),
    (
        "chances of the verdicts, 200 answers of 300",
        _planning,
        (Rival("simulation, 2,000 surveys", _planning_simulated),),
    ),
)


def _seconds(work: Callable[[], object], runs: int = RUNS) -> float:
    """Return the median seconds of some runs, after one that does not count."""
    work()
    spent = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        spent.append(time.perf_counter() - start)
    return float(np.median(spent))


def _seconds_in_r(program: str, folder: Path) -> float | None:
    """Return the seconds that R says it took, or None if R or a package of it is absent."""
    if shutil.which("Rscript") is None:
        return None
    read = "".join(
        f'{name} <- read.csv("{folder / name}.csv")\n' for name in ("d", "many", "nested", "waves")
    )
    file = folder / "program.R"
    file.write_text(read + program + 'cat("seconds", seconds)\n', encoding="utf-8")
    done = subprocess.run(["Rscript", "--vanilla", str(file)], capture_output=True, text=True, check=False)
    if done.returncode and "there is no package called" in done.stderr:
        return None
    done.check_returncode()
    return float(done.stdout.split("seconds")[-1])


def _taken(work: Callable[[], object] | str, folder: Path) -> float | None:
    return _seconds_in_r(work, folder) if isinstance(work, str) else _seconds(work, 1)


def _write_data(folder: Path) -> None:
    columns = {f"y{i + 1}": OUTCOMES[:, i] for i in range(20)}
    tables = {
        "d": pd.DataFrame({"firm": FIRM, "treated": TREATED, "score": DESIGN[:, 2], **columns}),
        "many": pd.DataFrame({"y": MANY_Y, "x": MANY_X[:, 1], "firm": MANY_FIRM}),
        "nested": pd.DataFrame({"y": NESTED_Y, "wave": WAVE, "firm": NESTED_FIRM, "person": PERSON}),
        "waves": WAVES,
    }
    for name, table in tables.items():
        table.to_csv(folder / f"{name}.csv", index=False)


@dataclass(frozen=True, slots=True)
class Measured:
    """What a method takes beside one rival: seconds, or None where the rival is not installed."""

    what: str
    ours: float
    rival: str
    theirs: float | None

    @property
    def times(self) -> float | None:
        """Return how many times as long the rival takes."""
        return None if self.theirs is None else self.theirs / self.ours


def measured() -> Iterator[Measured]:
    """Measure every method beside its rivals; ours again before each of them, since the machine may be busy."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write_data(folder)
        for what, ours, rivals in COMPARISONS:
            for rival in rivals:
                own, taken = _seconds(ours), _taken(rival.work, folder)
                yield Measured(what, own, rival.name, None if taken is None else taken / rival.part)


def main() -> None:
    """Print what each method takes, and how many times as long its rivals."""
    for one in measured():
        rest = "not installed" if one.times is None else f"{one.theirs:>10.4f} s{one.times:>10.1f} x"
        sys.stdout.write(f"{one.what:<56}{one.ours:>9.4f} s  {one.rival:<42}{rest}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
