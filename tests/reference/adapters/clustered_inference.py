"""Area 3: people within organisations."""

import re

import numpy as np

from evaluation.stats.cluster import FACTORS, cluster_fit, contrast
from evaluation.stats.cluster_mean import cluster_means
from evaluation.stats.cluster_wald import wald_htz
from evaluation.stats.group_difference import mean_difference
from evaluation.stats.paired import mean_t

from ..formula import model


def _fit(case, frames):
    found = model(case["arguments"]["formula"], frames[0])
    cluster = found.frame[case["columns"]["cluster"]].to_numpy()
    return found.names, cluster_fit(found.outcome, found.columns, cluster)


def crv(case, frames):
    names, fit = _fit(case, frames)
    level = case["arguments"].get("level", 0.95)
    numbers = {"n": fit.n, "clusters": fit.n_clusters}
    for name, weights in zip(names, np.eye(len(names)), strict=True):
        kinds = {kind: contrast(fit, weights, level, covariance=kind) for kind in FACTORS}
        default = kinds["CR2"]
        numbers |= {f"se_{kind}_{name}": found.std_error for kind, found in kinds.items()}
        numbers |= {
            f"b_{name}": default.estimate,
            f"t_CR2_{name}": default.statistic,
            f"df_satt_{name}": default.df,
            f"p_satt_{name}": default.p_value,
            f"ci_low_{name}": default.conf_low,
            f"ci_high_{name}": default.conf_high,
            f"p_CR1S_tG1_{name}": kinds["CR1S"].p_value,
        }
    return numbers


def wald_htz_adapter(case, frames):
    names, fit = _fit(case, frames)
    patterns = re.findall(r'"([^"]+)"', case["arguments"]["terms"]) or [case["arguments"]["terms"]]
    chosen = [any(re.search(pattern, name) for pattern in patterns) for name in names]
    found = wald_htz(fit, np.eye(len(names))[chosen])
    return {
        "q": found.df,
        "F_htz": found.statistic,
        "df_num": found.df,
        "df_denom": found.df_denominator,
        "p": found.p_value,
        "wald_chi2_CR2": found.chi_square,
    }


def cluster_means_adapter(case, frames):
    roles = case["columns"]
    gain = frames[0][roles["post"]] - frames[0][roles["pre"]]
    rows = frames[0].assign(gain=gain).dropna(subset=["gain"])
    found = cluster_means(rows["gain"], rows[roles["cluster"]].to_numpy())
    arm = rows.groupby(roles["cluster"])[roles["arm"]].first().loc[found.cluster].to_numpy()
    programme, others = found.mean[arm == 1], found.mean[arm == 0]
    pooled, welch = (mean_difference(programme, others, variances=kind) for kind in ("pooled", "separate"))
    alone = mean_t(programme)
    return {
        "companies": len(found.cluster),
        "diff": welch.estimate,
        "mean_arm1": welch.mean,
        "mean_arm0": welch.mean_reference,
        "t_pooled": pooled.statistic,
        "df_pooled": pooled.df,
        "p_pooled": pooled.p_value,
        "t_welch": welch.statistic,
        "df_welch": welch.df,
        "p_welch": welch.p_value,
        "one_sample_t_arm1": alone.statistic,
        "one_sample_p_arm1": alone.p_value,
    }


ADAPTERS = {"crv": crv, "wald_htz": wald_htz_adapter, "cluster_means": cluster_means_adapter}
