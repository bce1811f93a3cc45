"""Gap tests, equivalence, decomposition errors and MAIHDA at thirty unequal companies, with known truth.

Run `python -m benchmarks.calibrate_equality [REPETITIONS]`. Every number comes with its Monte Carlo error.
"""

import sys
from collections.abc import Callable

import numpy as np

from evaluation.stats.cluster import cluster_fit, contrast
from evaluation.stats.company_decomposition import company_decomposition
from evaluation.stats.equivalence import two_one_sided
from evaluation.stats.maihda import strata_of
from evaluation.stats.oaxaca import group_model, twofold

COMPANIES, PEOPLE = 30, 190
MARGIN = 0.5
Row = tuple[str, float, float]


def company_sizes(rng: np.random.Generator) -> np.ndarray:
    """Draw unequal companies: a few large ones and many small."""
    weights = rng.lognormal(0, 0.8, COMPANIES)
    return np.repeat(np.arange(COMPANIES), 1 + rng.multinomial(PEOPLE - COMPANIES, weights / weights.sum()))


def _people(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Draw companies, sex (more alike within companies) and an outcome with company levels."""
    company = company_sizes(rng)
    share = np.clip(rng.normal(0.4, 0.25, COMPANIES), 0.05, 0.95)
    women = rng.random(len(company)) < share[company]
    noise = rng.normal(0, 0.32, COMPANIES)[company] + rng.normal(0, 0.71, len(company))
    return company, women, noise


def gap_rejections(rng: np.random.Generator, repetitions: int) -> list[Row]:
    """Estimate how often a gap of zero is called a gap, and one at the margin called negligible."""
    hits = {"gap test, true gap 0 (nominal 0.05)": 0, "equivalence, true gap at the margin (nominal 0.05)": 0}
    powers = {"equivalence, true gap 0 (power)": 0}
    for _ in range(repetitions):
        company, women, noise = _people(rng)
        x = np.column_stack([np.ones(len(noise)), women])
        null, edge = (contrast(cluster_fit(noise + gap * women, x, company), [0, 1]) for gap in (0.0, MARGIN))
        within = [
            two_one_sided(found.estimate, found.std_error, found.df, MARGIN).p_value < 0.05
            for found in (edge, null)
        ]
        hits["gap test, true gap 0 (nominal 0.05)"] += null.p_value < 0.05
        hits["equivalence, true gap at the margin (nominal 0.05)"] += within[0]
        powers["equivalence, true gap 0 (power)"] += within[1]
    return [_share(name, count, repetitions) for name, count in {**hits, **powers}.items()]


def decomposition_errors(rng: np.random.Generator, repetitions: int) -> list[Row]:
    """Estimate the ratio of each reported error of the explained part to its true spread."""
    estimates, analytic, resampled = [], [], []
    for _ in range(repetitions):
        company, women, noise = _people(rng)
        background = 0.5 * women + rng.normal(0, 0.5, COMPANIES)[company] + rng.normal(size=len(noise))
        x = np.column_stack([np.ones(len(noise)), background])
        y = 0.4 * background + noise
        found = twofold(group_model(y[women], x[women]), group_model(y[~women], x[~women]))
        drawn = company_decomposition(y, x, women, company, rng=rng, standard="reference", draws=199)
        estimates.append(found.parts[0])
        analytic.append(found.parts_std_error[0])
        resampled.append(drawn.std_error[1])
    spread = np.std(estimates, ddof=1)
    error = 1 / np.sqrt(2 * (repetitions - 1))
    return [
        ("explained part: error with independent people over true spread", np.mean(analytic) / spread, error),
        ("explained part: company bootstrap error over true spread", np.mean(resampled) / spread, error),
    ]


def maihda_shares(rng: np.random.Generator, repetitions: int) -> list[Row]:
    """Estimate the mean PCV at twelve strata in which single groups carry three quarters."""
    stratum_kinds = np.array([(a, b, c) for a in range(2) for b in range(2) for c in range(3)])
    found, shares = [], []
    for _ in range(repetitions):
        stratum = rng.choice(12, 600, p=rng.dirichlet(np.full(12, 5.0)))
        interaction = rng.normal(0, 0.15, 12)
        kinds = stratum_kinds[stratum]
        # Variance of the additive part over twelve equal strata: 3 times that of the interaction.
        additive = stratum_kinds @ [0.3, 0.3, 0.19]
        additive = additive / additive.std() * 0.15 * np.sqrt(3)
        y = additive[stratum] + interaction[stratum] + rng.normal(0, 0.7, 600)
        main = np.column_stack([kinds[:, 0], kinds[:, 1], kinds[:, 2] == 1, kinds[:, 2] == 2])
        strata = strata_of(y, stratum, main)
        shares.append(strata.vpc)
        found.append(strata.pcv)
    known = np.array(found)[np.isfinite(found)]
    return [
        ("VPC (true value about 0.155)", *_mean(np.array(shares))),
        ("PCV, median (true value 0.75)", float(np.median(known)), 1.25 * known.std() / np.sqrt(known.size)),
        ("PCV, mean", *_mean(known)),
    ]


def _share(name: str, count: int, repetitions: int) -> Row:
    share = count / repetitions
    return name, share, float(np.sqrt(share * (1 - share) / repetitions))


def _mean(values: np.ndarray) -> tuple[float, float]:
    return float(values.mean()), float(values.std(ddof=1) / np.sqrt(values.size))


PARTS: tuple[tuple[Callable[[np.random.Generator, int], list[Row]], float], ...] = (
    (gap_rejections, 1.0),
    (decomposition_errors, 0.4),
    (maihda_shares, 0.4),
)


def main(arguments: list[str]) -> None:
    """Write the table."""
    repetitions = int(arguments[0]) if arguments else 1000
    rng = np.random.default_rng(2024)
    for part, share in PARTS:
        for name, value, error in part(rng, max(2, int(share * repetitions))):
            sys.stdout.write(f"{name:75s} {value:7.3f}  ± {error:.3f}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
