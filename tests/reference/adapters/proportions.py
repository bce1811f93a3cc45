"""Area 4: shares, and shares against a target."""

import re

import numpy as np

from evaluation.stats.binomial import binomial_test, cohens_h, score_test, target_test
from evaluation.stats.cluster_mean import cluster_mean, cluster_means
from evaluation.stats.finite_population import finite_wald
from evaluation.stats.paired import mean_t
from evaluation.stats.proportion import INTERVALS, clopper_pearson, hypergeometric, needed_positive
from evaluation.stats.raking import raked_mean, raked_weights
from evaluation.stats.share_limits import share_test, survey_interval
from evaluation.stats.share_posterior import beta_posterior, predicted_counts, probability_at_least
from evaluation.stats.survey_mean import survey_mean

NAMES = {
    "asymptotic": "wald",
    "wilson": "wilson",
    "wilson_cc": "wilson_continuity",
    "exact": "clopper_pearson",
    "agresti_coull": "agresti_coull",
    "logit": "logit",
    "cloglog": "cloglog",
    "probit": "probit",
    "jeffreys": "jeffreys",
    "midp": "mid_p",
}
TESTS = {
    "p_exact_two_sided_minlike": "min_likelihood",
    "p_exact_greater": "greater",
    "p_exact_less": "less",
    "p_exact_two_sided_central": "central",
    "p_blaker": "blaker",
    "p_midp_greater": "mid_p_greater",
    "p_midp_two_sided": "mid_p",
}


def prop_ci(case, _frames):
    k, n, level = (case["arguments"][key] for key in ("x", "n", "level"))
    found = {name: INTERVALS[method](k, n, level) for name, method in NAMES.items()}
    numbers = {"p": found["wilson"].estimate}
    numbers |= {f"{name}_low": interval.conf_low for name, interval in found.items()}
    numbers |= {f"{name}_high": interval.conf_high for name, interval in found.items()}
    # A one-sided limit at L is the lower limit of the two-sided interval at 2 L - 1.
    numbers["exact_onesided_lower"] = clopper_pearson(k, n, 2 * level - 1).conf_low
    return numbers


def prop_test(case, _frames):
    k, n, target = (case["arguments"][key] for key in ("x", "n", "p0"))
    score, continuity = score_test(k, n, target), score_test(k, n, target, continuity=True)
    return {
        **{name: binomial_test(k, n, target, method).p_value for name, method in TESTS.items()},
        "z_score": score.statistic,
        "p_z_two_sided": score.p_value,
        "chi2_cc": continuity.statistic**2,
        "p_z_cc": continuity.p_value,
        "cohen_h": cohens_h(k / n, target),
    }


def hypergeom(case, _frames):
    total, n, k, level, target = (case["arguments"][key] for key in ("N", "n", "x", "level", "target"))
    exact, wald = hypergeometric(k, n, total, level), finite_wald(k, n, total, level)
    return {
        "p": exact.estimate,
        "exact_low": exact.conf_low,
        "exact_high": exact.conf_high,
        "exact_low_count": exact.conf_low * total,
        "exact_high_count": exact.conf_high * total,
        "p_at_least_target_count_test": target_test(k, n, total, target).p_value,
        "wald_fpc_se": wald.std_error,
        "wald_fpc_low": wald.conf_low,
        "wald_fpc_high": wald.conf_high,
    }


def prop_cr2(case, frames):
    target, roles = case["arguments"]["target"], case["columns"]
    rows = frames[0].dropna(subset=[roles["y"]])
    values, cluster = rows[roles["y"]].to_numpy(dtype=float), rows[roles["cluster"]].to_numpy()
    share = cluster_mean(values, cluster, case["arguments"].get("level", 0.95), reference=target)
    companies = mean_t(cluster_means(values, cluster).mean, reference=target)
    return {
        "n": share.n,
        "clusters": share.n_clusters,
        "p": share.estimate,
        "se_CR2": share.std_error,
        "df_satt": share.df,
        "ci_low": share.conf_low,
        "ci_high": share.conf_high,
        "t_vs_target": share.statistic,
        "p_two_sided": share.p_value,
        "mean_of_company_shares": companies.estimate,
        "t_company_shares": companies.statistic,
        "p_company_shares": companies.p_value,
    }


SCALES = {
    "logit": "logit",
    "xlogit": "logit",
    "likelihood": "likelihood",
    "asin": "arcsine",
    "beta": "korn_graubard",
    "mean": "mean",
}


def svyprop(case, frames):
    roles, arguments = case["columns"], case["arguments"]
    outcome = _outcome(roles["outcome"], frames[0])
    rows = frames[0][outcome.notna()]
    found = survey_mean(
        outcome.dropna().to_numpy(dtype=float),
        cluster=rows[roles["cluster"]].to_numpy() if "cluster" in roles else None,
        weights=rows[roles["weights"]].to_numpy() if "weights" in roles else None,
        n_clusters_total=float(rows[roles["fpc"]].iloc[0]) if "fpc" in roles else None,
    )
    statistic, p_value = share_test(found.estimate, found.std_error, found.df, arguments["target"])
    numbers = {
        "n": found.n,
        "p": found.estimate,
        "se": found.std_error,
        "deff": found.design_effect,
        "degf": found.df,
        "t_vs_target": statistic,
        "p_greater": p_value,
    }
    for name, method in SCALES.items():
        interval = survey_interval(found, arguments["level"], method)
        numbers |= {f"{name}_low": interval.conf_low, f"{name}_high": interval.conf_high}
    return numbers


def _outcome(text, frame):
    """A column, or a column compared with a text as R writes it."""
    compared = re.fullmatch(r"(\S+) == '(.*)'", text)
    return (frame[compared[1]] == compared[2]) if compared else frame[text]


def beta_posterior_adapter(case, _frames):
    k, n, a, b, target, more = (case["arguments"][key] for key in ("x", "n", "a", "b", "target", "m"))
    found = beta_posterior(k, n, prior=(a, b))
    future = predicted_counts(found, more)
    return {
        "post_mean": found.estimate,
        "post_sd": found.std_dev,
        "p_at_least_target": probability_at_least(found, target),
        "ci_low": found.conf_low,
        "ci_high": found.conf_high,
        "lower_90_onesided": beta_posterior(k, n, 0.8, prior=(a, b)).conf_low,
        "p_next_all": future[-1],
        "p_future_at_least": future[needed_positive(more, target) :].sum(),
    }


def weights_rake(case, frames):
    roles, known = case["columns"], case["arguments"]
    rows = frames[0].dropna(subset=[roles["y"]])
    y, cluster = rows[roles["y"]].to_numpy(dtype=float), rows[roles["cluster"]].to_numpy()
    sex, origin = ({level: known[f"p{part}{level}"] for level in (0, 1)} for part in ("f", "n"))
    strata = raked_mean(y, raked_weights([rows["female"]], [sex]), cluster)
    weights = raked_weights([rows["female"], rows["foreign"]], [sex, origin])
    raked = raked_mean(y, weights, cluster)
    return {
        "n": raked.n,
        "p_unweighted": survey_mean(y, cluster=cluster).estimate,
        "p_poststratified": strata.estimate,
        "se_poststratified": strata.std_error,
        "p_raked": raked.estimate,
        "se_raked": raked.std_error,
        "rake_weight_min": np.min(weights.weights),
        "rake_weight_max": np.max(weights.weights),
        "kish_deff_raked": weights.design_effect,
    }


ADAPTERS = {
    "prop_ci": prop_ci,
    "prop_test": prop_test,
    "hypergeom": hypergeom,
    "prop_cr2": prop_cr2,
    "svyprop": svyprop,
    "beta_posterior": beta_posterior_adapter,
    "weights_rake": weights_rake,
}
