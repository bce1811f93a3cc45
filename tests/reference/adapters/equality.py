"""Area 7: gaps between groups."""

import numpy as np
import pandas as pd

from evaluation.stats.binomial import cohens_h
from evaluation.stats.cluster import cluster_fit, contrast
from evaluation.stats.equivalence import two_one_sided
from evaluation.stats.group_difference import balance, mean_difference, standardised_difference
from evaluation.stats.multiplicity import ADJUSTMENTS
from evaluation.stats.odds import fisher_exact, odds_ratio
from evaluation.stats.proportion import newcombe
from evaluation.stats.representation import representation
from evaluation.stats.two_proportions import (
    chi_square,
    koopman,
    log_ratio,
    miettinen_nurminen,
    wald_difference,
)

from ..formula import model, terms

ADJUSTMENT_NAMES = {
    "bonferroni": "bonferroni",
    "holm": "holm",
    "hochberg": "hochberg",
    "hommel": "hommel",
    "BH": "benjamini_hochberg",
    "BY": "benjamini_yekutieli",
    "sidak": "sidak",
}
STANDARDISERS = {"pooled": "average_variance", "treated": "group", "control": "reference"}


def _two_groups(case, frames):
    roles, arguments = case["columns"], case["arguments"]
    rows = frames[0].dropna(subset=[roles["y"]])
    return tuple(
        rows.loc[rows[roles["g"]] == arguments.get(name, default), roles["y"]].to_numpy(dtype=float)
        for name, default in (("a", 1), ("b", 0))
    )


def gap(case, frames):
    a, b = _two_groups(case, frames)
    level = case["arguments"].get("level", 0.95)
    welch, pooled = mean_difference(a, b, level), mean_difference(a, b, level, variances="pooled")
    d, g = (standardised_difference(a, b, level, corrected=corrected) for corrected in (False, True))
    return {
        "n_a": welch.n,
        "n_b": welch.n_reference,
        "mean_a": welch.mean,
        "mean_b": welch.mean_reference,
        "diff": welch.estimate,
        "t_welch": welch.statistic,
        "df_welch": welch.df,
        "p_welch": welch.p_value,
        "ci_low": welch.conf_low,
        "ci_high": welch.conf_high,
        "t_pooled": pooled.statistic,
        "p_pooled": pooled.p_value,
        "cohen_d": d.estimate,
        "cohen_d_ci_low": d.conf_low,
        "cohen_d_ci_high": d.conf_high,
        "hedges_g": g.estimate,
        "g_ci_low": g.conf_low,
        "g_ci_high": g.conf_high,
        "glass_delta_sd_b": standardised_difference(a, b, level, standardiser="reference").estimate,
        "smd_average_variance": standardised_difference(
            a, b, level, standardiser="average_variance"
        ).estimate,
        "variance_ratio": balance(a, b).variance_ratio,
    }


def tost_gap(case, frames):
    a, b = _two_groups(case, frames)
    difference, arguments = mean_difference(a, b), case["arguments"]
    found = two_one_sided(
        difference.estimate,
        difference.std_error,
        difference.df,
        arguments["bound"],
        arguments.get("alpha", 0.05),
    )
    return {
        "diff": found.estimate,
        "df": found.df,
        "t_lower": found.statistic_low,
        "t_upper": found.statistic_high,
        "p_lower": found.p_low,
        "p_upper": found.p_high,
        "p_tost": found.p_value,
        "ci90_low": found.conf_low,
        "ci90_high": found.conf_high,
    }


def smd(case, frames):
    frame, group = frames[0], frames[0][case["columns"]["g"]]
    rule = STANDARDISERS[case["arguments"].get("den", "pooled")]
    characteristics = {}
    for name in terms(case["arguments"]["f"].split("~")[1]):
        numeric = pd.api.types.is_numeric_dtype(frame[name])
        characteristics |= {name: frame[name]} if numeric else _categories(name, frame[name])
    numbers = {}
    for name, values in characteristics.items():
        kept = values.notna()
        found = balance(values[kept & (group == 1)], values[kept & (group == 0)], standardiser=rule)
        numbers |= {
            f"smd_{name}": found.estimate,
            f"vr_{name}": found.variance_ratio,
            f"ks_{name}": found.largest_gap,
        }
    return numbers


def _categories(name, values):
    return {
        f"{name}_{level}": (values == level).where(values.notna())
        for level in sorted(values.dropna().unique())
    }


def two_props(case, _frames):
    counts = tuple(case["arguments"][key] for key in ("x1", "n1", "x2", "n2"))
    newcombes, wald, score = (method(*counts) for method in (newcombe, wald_difference, miettinen_nurminen))
    log, koopmans, woolf, fisher = (
        method(*counts) for method in (log_ratio, koopman, odds_ratio, fisher_exact)
    )
    plain, yates = chi_square(*counts), chi_square(*counts, continuity=True)
    p1, p2 = counts[0] / counts[1], counts[2] / counts[3]
    return {
        "p1": p1,
        "p2": p2,
        "ratio": koopmans.estimate,
        "ratio_log_low": log.conf_low,
        "ratio_log_high": log.conf_high,
        "ratio_koopman_low": koopmans.conf_low,
        "ratio_koopman_high": koopmans.conf_high,
        "odds_ratio": woolf.estimate,
        "or_woolf_low": woolf.conf_low,
        "or_woolf_high": woolf.conf_high,
        "or_conditional_mle": fisher.estimate,
        "or_exact_low": fisher.conf_low,
        "or_exact_high": fisher.conf_high,
        "fisher_p": fisher.p_value,
        "diff": newcombes.estimate,
        "diff_wald_low": wald.conf_low,
        "diff_wald_high": wald.conf_high,
        "diff_newcombe_low": newcombes.conf_low,
        "diff_newcombe_high": newcombes.conf_high,
        "diff_miettinen_nurminen_low": score.conf_low,
        "diff_miettinen_nurminen_high": score.conf_high,
        "chi2": plain.statistic,
        "chi2_p": plain.p_value,
        "chi2_yates": yates.statistic,
        "phi": plain.phi,
        "cohen_h": cohens_h(p1, p2),
    }


def representation_adapter(case, _frames):
    found = representation(case["arguments"]["x"], case["arguments"]["p"])
    numbers = {
        "chi2": found.statistic,
        "df": found.df,
        "p": found.p_value,
        "G": found.likelihood_ratio,
        "G_p": found.likelihood_ratio_p,
        "cohen_w": found.cohen_w,
        "dissimilarity": found.dissimilarity,
        "exact_multinomial_p": found.exact_p,
    }
    for i, (ratio, residual) in enumerate(
        zip(found.groups.ratio, found.groups.residual, strict=True), start=1
    ):
        numbers |= {f"representation_ratio_{i}": ratio, f"std_resid_{i}": residual}
    return numbers


def gap_change(case, frames):
    later, frame = case["arguments"]["w"], frames[0]
    rows = frame[frame["wave"].isin([1, later])].assign(
        post=lambda table: (table["wave"] == later).astype(int)
    )
    found = model(case["arguments"]["f"], rows)
    fit = cluster_fit(found.outcome, found.columns, found.frame[case["columns"]["cluster"]].to_numpy())
    numbers = {"n": fit.n}
    for name, weights in zip(found.names, np.eye(len(found.names)), strict=True):
        default, stata = contrast(fit, weights), contrast(fit, weights, covariance="CR1S")
        numbers |= {
            f"b_{name}": default.estimate,
            f"se_CR1S_{name}": stata.std_error,
            f"se_CR2_{name}": default.std_error,
            f"df_satt_{name}": default.df,
            f"p_satt_{name}": default.p_value,
        }
    return numbers


def p_adjust(case, _frames):
    return {
        f"{name}_{i}": value
        for name, method in ADJUSTMENT_NAMES.items()
        for i, value in enumerate(ADJUSTMENTS[method](case["arguments"]["p"]), start=1)
    }


ADAPTERS = {
    "gap": gap,
    "tost_gap": tost_gap,
    "smd": smd,
    "two_props": two_props,
    "representation": representation_adapter,
    "gap_change": gap_change,
    "p_adjust": p_adjust,
}
