"""How often intervals of a share hold the truth: python -m benchmarks.calibrate_targets [SAMPLES [FILE]].

Thirty unequal companies; the share of each company is beta distributed around the true share, with
a given correlation between two people in one company; seven in ten answer, by chance. An interval for
"a programme like this" should hold the share that the companies come from, one for "this programme"
the share among everyone in the thirty companies. Levels are 0.95, and 0.025 on each side.
"""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from evaluation.stats.cluster_share import cluster_share
from evaluation.stats.proportion import clopper_pearson, hypergeometric, wilson
from evaluation.stats.share_posterior import predict_unseen

SIZES = np.array(
    [48, 30, 24, 20, 17, 15, 13, 12, 11, 10, 9, 8, 8, 7, 7, 6, 6, 5, 5, 5, 4, 4, 4, 3, 3, 3, 2, 2, 2, 2]
)
COMPANY = np.repeat(np.arange(SIZES.size), SIZES)
RESPONSE = 0.7
SHARES = (0.70, 0.85)
CORRELATIONS = (0.0, 0.05, 0.1, 0.2)
SEED = 20_260

Limits = tuple[float, float]


def _ends(found) -> Limits:
    return float(found.conf_low), float(found.conf_high)


def _unseen(y: np.ndarray, firm: np.ndarray, _total: int) -> Limits:
    positive, answers = (np.bincount(firm, values, SIZES.size) for values in (y, np.ones(y.size)))
    return _ends(predict_unseen(positive, answers, SIZES, 0.7, grid=(30, 20)))


METHODS: dict[str, tuple[str, Callable[..., Limits]]] = {
    "Wilson": ("like this", lambda y, firm, total: _ends(wilson(int(y.sum()), y.size))),
    "Clopper–Pearson": ("like this", lambda y, firm, total: _ends(clopper_pearson(int(y.sum()), y.size))),
    "logit, CR2, Satterthwaite": ("like this", lambda y, firm, total: _ends(cluster_share(y, firm))),
    "Korn–Graubard, CR2": (
        "like this",
        lambda y, firm, total: _ends(cluster_share(y, firm, method="korn_graubard")),
    ),
    "hypergeometric": (
        "this",
        lambda y, firm, total: _ends(hypergeometric(int(y.sum()), y.size, total)),
    ),
    "beta-binomial prediction": ("this", _unseen),
    "logit, CR2, finite": ("this", lambda y, firm, total: _ends(cluster_share(y, firm, n_total=total))),
}


def programme(rng: np.random.Generator, share: float, icc: float) -> tuple[np.ndarray, np.ndarray]:
    """Return everybody's answer, and who gave it."""
    size = (1 - icc) / icc if icc > 0 else np.inf
    of_company = (
        rng.beta(share * size, (1 - share) * size, SIZES.size) if icc > 0 else np.full(SIZES.size, share)
    )
    return rng.random(COMPANY.size) < of_company[COMPANY], rng.random(COMPANY.size) < RESPONSE


def errors(samples: int, share: float, icc: float) -> dict[str, np.ndarray]:
    """Return, for each method, how often the limit is too high, too low, and missing."""
    rng = np.random.default_rng([SEED, round(1000 * share), round(1000 * icc)])
    counts = {name: np.zeros(3) for name in METHODS}
    for _ in range(samples):
        positive, answered = programme(rng, share, icc)
        truth = {"like this": share, "this": positive.mean()}
        y, firm = positive[answered].astype(float), COMPANY[answered]
        for name, (about, limits) in METHODS.items():
            low, high = limits(y, firm, COMPANY.size)
            counts[name] += (low > truth[about] + 1e-9, high < truth[about] - 1e-9, np.isnan(low))
    return {name: count / samples for name, count in counts.items()}


def lines(samples: int) -> Iterator[str]:
    """Return the table, line by line."""
    yield (
        f"{SIZES.size} companies with {SIZES.min()} to {SIZES.max()} people, {COMPANY.size} in all, "
        f"{RESPONSE:.0%} answer; {samples} samples for each cell."
    )
    yield (
        f"Monte Carlo standard error: {np.sqrt(0.95 * 0.05 / samples):.4f} of a coverage of 0.95, "
        f"{np.sqrt(0.025 * 0.975 / samples):.4f} of an error of 0.025."
    )
    yield ""
    yield "| Programme | Method | Share | ICC | Lower limit too high | Upper limit too low | Coverage | Undefined |"
    yield "|---|---|---|---|---|---|---|---|"
    rows = [
        (about, name, share, icc, *found[name])
        for share in SHARES
        for icc in CORRELATIONS
        for found in [errors(samples, share, icc)]
        for name, (about, _) in METHODS.items()
    ]
    order = list(METHODS)
    for about, name, share, icc, above, below, missing in sorted(rows, key=lambda row: order.index(row[1])):
        yield (
            f"| {about} | {name} | {share:.2f} | {icc:.2f} | {above:.3f} | {below:.3f} | "
            f"{1 - above - below:.3f} | {missing:.3f} |"
        )


def main(arguments: list[str]) -> None:
    """Write the table to a file, or print it."""
    samples = int(arguments[0]) if arguments else 2000
    text = "\n".join(lines(samples)) + "\n"
    if len(arguments) > 1:
        Path(arguments[1]).write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    main(sys.argv[1:])
