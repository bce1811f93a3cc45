"""Area 3: people within organisations, by resampling and by layouts of groups."""

import re

import numpy as np

from evaluation.stats.cluster import cluster_fit
from evaluation.stats.cluster_mean import cluster_means
from evaluation.stats.icc import cluster_icc
from evaluation.stats.sign_flip import cluster_sign_flip
from evaluation.stats.signed_rank import signed_rank
from evaluation.stats.student import t_p_value
from evaluation.stats.two_way import two_way_covariance
from evaluation.stats.wild_bootstrap import wild_bootstrap

from ..formula import evaluate, model


def _wild(multipliers):
    def adapter(case, frames):
        arguments, roles = case["arguments"], case["columns"]
        first, last = map(int, arguments["companies"].split(".."))
        rows = frames[0][frames[0][roles["cluster"]].between(first, last)]
        rows = rows.assign(y=evaluate(roles["outcome"], rows))
        found = model(arguments["formula"], rows)
        weights = np.array([name == arguments["param"] for name in found.names], dtype=float)
        test = wild_bootstrap(
            found.outcome,
            found.columns,
            found.frame[roles["cluster"]].to_numpy(),
            weights,
            rng=np.random.default_rng(1),
            multipliers=multipliers,
        )
        return {
            "n": test.n,
            "clusters": test.n_clusters,
            "draws": test.draws,
            "b": test.estimate,
            "se_CR1S": test.std_error,
            "t": test.statistic,
            "p_strict": test.p_strict,
            "p_at_least": test.p_value,
            "p_equal_tail": test.p_equal_tail,
            "t_q95_abs": test.critical,
            "p_t_G1": t_p_value(test.statistic, test.n_clusters - 1),
        }

    return adapter


def cluster_signflip(case, frames):
    roles = case["columns"]
    rows = frames[0][frames[0]["arm"] == int(re.search(r"arm == (\d)", case["arguments"]["companies"])[1])]
    gain = (rows[roles["post"]] - rows[roles["pre"]]).round(10).dropna()
    company = rows.loc[gain.index, roles["cluster"]].to_numpy()
    person, cluster = (
        cluster_sign_flip(gain, company, rng=np.random.default_rng(1), weighting=kind)
        for kind in ("person", "cluster")
    )
    means = cluster_means(gain, company).mean
    ranks = signed_rank(np.zeros(means.size), means)
    return {
        "n": person.n,
        "clusters": person.n_units,
        "draws": person.draws,
        "mean_gain": person.estimate,
        "mean_of_company_means": cluster.estimate,
        "p_sum_statistic": person.p_value,
        "p_mean_of_means": cluster.p_value,
        "p_greater_sum": person.p_greater,
        "wilcoxon_company_means_V": ranks.statistic,
        "wilcoxon_company_means_p": ranks.p_value,
    }


def crv_twoway(case, frames):
    found = model(case["arguments"]["formula"], frames[0])
    groupings = [found.frame[case["columns"][role]].to_numpy() for role in ("c1", "c2")]
    coefficients = cluster_fit(found.outcome, found.columns, groupings[0]).coefficients
    numbers = {"n": len(found.outcome)}
    numbers |= {f"b_{name}": value for name, value in zip(found.names, coefficients, strict=True)}
    for kind, label in (("CR0", "HC0_nocadjust"), ("CR1S", "HC1_cadjust")):
        spread = np.diag(two_way_covariance(found.outcome, found.columns, *groupings, kind))
        errors = zip(found.names, np.sqrt(spread), strict=True)
        numbers |= {f"se_twoway_{label}_{name}": error for name, error in errors}
    return numbers


def icc_cluster(case, frames):
    roles = case["columns"]
    rows = frames[0].dropna(subset=[roles["outcome"]])
    found = cluster_icc(rows[roles["outcome"]], rows[roles["cluster"]].to_numpy())
    return {
        "n": found.n,
        "clusters": found.n_clusters,
        "n0": found.average_size,
        "icc_anova": found.anova,
        "F": found.statistic,
        "ci_low_anova": found.conf_low,
        "ci_high_anova": found.conf_high,
        "icc_reml": found.reml,
        "icc_ml": found.ml,
        "lr_ml": found.likelihood_ratio,
        "p_lr_mixture": found.p_value,
        "deff_mean_size": found.design_effect,
        "deff_kish_size": found.design_effect_unequal,
        "neff": found.effective_n,
        "cv_size": found.size_variation,
    }


ADAPTERS = {
    "wcb_rademacher": _wild("rademacher"),
    "wcb_webb": _wild("webb"),
    "cluster_signflip": cluster_signflip,
    "crv_twoway": crv_twoway,
    "icc_cluster": icc_cluster,
}
