"""False positives, coverage and planned power with few organisations: python -m benchmarks.calibrate_impact."""

import argparse
import sys
import time

import numpy as np
import pandas as pd

from evaluation.impact.estimates import impact_estimates
from evaluation.stats.cluster_choice import mean_inference
from evaluation.stats.planned import planned_change
from evaluation.stats.power import t_power

SIZES = np.repeat([1, 2, 3, 4, 6, 8, 10, 12, 15, 19], 3)
"""People in each of 30 organisations."""
ICC = 0.2
"""Share of the variance of the change that lies between organisations."""
SHOWN = (
    "difference_in_differences",
    "ancova",
    "interacted",
    "entropy_balance",
    "overlap_weights",
    "augmented_weighting",
    "robust_difference",
    "randomisation",
)


def people(rng: np.random.Generator, treated: int) -> pd.DataFrame:
    """Draw 30 organisations of which some take part, rather those with low scores before, without any effect."""
    company = np.repeat(np.arange(SIZES.size), SIZES)
    level = rng.normal(size=SIZES.size)
    chosen = np.argsort(level + rng.normal(scale=2.0, size=SIZES.size))[:treated]
    took = np.isin(company, chosen).astype(float)
    before = 0.45 * level[company] + rng.normal(size=company.size)
    own = np.sqrt(ICC) * rng.normal(size=SIZES.size)[company] + np.sqrt(1 - ICC) * rng.normal(
        size=company.size
    )
    after = before + 0.8 * own
    age = rng.normal(size=company.size) + 0.3 * before
    return pd.DataFrame({"organisation": company, "took": took, "before": before, "after": after, "age": age})


def calibrate(treated: int, draws: int, seed: int) -> pd.DataFrame:
    """Count how often each way of computing misses the truth, and how often it refuses."""
    rng = np.random.default_rng(seed)
    rows = []
    for _ in range(draws):
        found = impact_estimates(people(rng, treated), treated="took", covariates=["age"]).table
        rows.append(found)
    every = pd.concat(rows)
    told, tested = every["conf_low"].notna(), every["p_value"].notna()
    inside = (every["conf_low"] <= 0) & (every["conf_high"] >= 0)
    every["covered"] = np.where(told, inside, np.nan)
    every["positive"] = np.where(tested, every["p_value"] < 0.05, np.nan)
    return (
        every.groupby("term")
        .agg(
            bias=("estimate", "mean"),
            spread=("estimate", "std"),
            claimed=("std_error", "mean"),
            coverage=("covered", "mean"),
            intervals=("covered", "count"),
            false_positives=("positive", "mean"),
            tests=("positive", "count"),
        )
        .reindex(SHOWN)
    )


def planned_and_real(kept: float, draws: int, seed: int) -> tuple[float, float]:
    """Return the planned power for the change that is to be found with 80 per cent, and the real one."""
    plan = planned_change(SIZES, sd=0.8, correlation=0.6, icc=ICC, kept=kept)
    rng = np.random.default_rng(seed)
    company = np.repeat(np.arange(SIZES.size), SIZES)
    hits = 0
    for _ in range(draws):
        own = np.sqrt(ICC) * rng.normal(size=SIZES.size)[company] + np.sqrt(1 - ICC) * rng.normal(
            size=company.size
        )
        there = rng.random(company.size) < kept
        change = plan.detectable + plan.sd_change * own
        hits += mean_inference(change[there], company[there]).p_value < 0.05
    return t_power(plan.detectable / plan.std_error, plan.df), hits / draws


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    began = time.monotonic()
    for treated in (6, 15):
        table = calibrate(treated, given.draws, given.seed)
        rate = np.sqrt(0.05 * 0.95 / given.draws)
        sys.stdout.write(f"\n30 organisations, {treated} took part, {given.draws} draws, ")
        sys.stdout.write(f"Monte Carlo error of a rate of 0.05: {rate:.3f}\n{table.round(3).to_string()}\n")
    for kept in (1.0, 0.7):
        planned, real = planned_and_real(kept, 20 * given.draws, given.seed)
        error = np.sqrt(real * (1 - real) / (20 * given.draws))
        sys.stdout.write(
            f"\nkept {kept:.0%}: planned power {planned:.3f}, real {real:.3f} (error {error:.3f})"
        )
    sys.stdout.write(f"\n{time.monotonic() - began:.0f} seconds\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
