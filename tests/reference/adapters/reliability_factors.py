"""Area 5: factor models and the reliability that follows from them."""

import numpy as np

from evaluation.measurement.cfa import cfa, omega
from evaluation.measurement.dmacs import dmacs
from evaluation.measurement.efa import (
    explore,
    heterotrait_ratio,
    likelihood_test,
    sampling_adequacy,
    sphericity,
)
from evaluation.measurement.hierarchical import hierarchical_omega
from evaluation.measurement.invariance import group_invariance, wave_invariance
from evaluation.measurement.linking import linked_groups, linked_waves
from evaluation.measurement.response_shift import change_parts
from evaluation.measurement.robust import robust_cfa

from .reliability import item_frame


def factors_of(case):
    """Names and item numbers of the factors in a case's model."""
    text = case["arguments"]["model"].strip('"').replace("\\n", "\n")
    rows = [line.split("=~") for line in text.splitlines()]
    items = case["columns"]["items"]
    return {
        name.strip(): [items.index(item.strip()) for item in members.split("+")] for name, members in rows
    }


def omega_cfa(case, frames):
    found = omega(item_frame(case, frames).to_numpy(float))
    fit = found.model.estimates.fit
    numbers = {
        "n": fit.n,
        "omega_model": found.estimate,
        "omega_observed_variance": found.of_observed,
        "ave": found.variance_extracted,
        "composite_reliability_std": found.composite_standardised,
        "chi2": fit.chi2,
        "df": fit.df,
    }
    loadings = found.model.loadings[:, 0]
    return numbers | {f"loading_{i + 1}": value for i, value in enumerate(loadings)}


def omega_adapter(case, frames):
    if case.get("columns"):
        related = np.corrcoef(item_frame(case, frames).to_numpy(float), rowvar=False)
    else:
        related = frames[0].to_numpy(float)
    found = hierarchical_omega(related, case["arguments"]["nf"], case["arguments"]["fm"])
    return {
        "omega_h": found.hierarchical,
        "omega_t": found.total,
        "alpha_std": found.alpha,
        "omega_lim": found.limit,
        "ecv": found.explained_common,
    }


def efa(case, frames):
    items, anchors = item_frame(case, frames), np.array(case["arguments"]["anchors"]) - 1
    related, n = np.corrcoef(items.to_numpy(float), rowvar=False), len(items)
    found = explore(related, case["arguments"]["nf"], "ml")
    fit, bartlett = likelihood_test(found, n), sphericity(related, n)
    order = np.abs(found.loadings[anchors]).argmax(axis=1)
    sign = np.sign(found.loadings[anchors, order])
    loadings, factors = found.loadings[:, order] * sign, found.factors[np.ix_(order, order)]
    numbers = {
        "n": n,
        "chi2_bartlett_corrected": fit.statistic,
        "chi2_n_minus_1": (n - 1) * found.discrepancy,
        "df": fit.df,
        "p": fit.p_value,
        "kmo": sampling_adequacy(related),
        "bartlett_sphericity": bartlett.statistic,
        "bartlett_df": bartlett.df,
    }
    for i, name in enumerate(items.columns):
        numbers[f"communality_{name}"] = found.communality[i]
        numbers |= {f"load_f{f + 1}_{name}": loadings[i, f] for f in range(len(order))}
    pairs = [(0, 1), (0, 2), (1, 2)]
    numbers |= {f"phi_{a + 1}{b + 1}": factors[a, b] * sign[a] * sign[b] for a, b in pairs}
    values = np.linalg.eigvalsh(related)[::-1]
    return numbers | {f"eigenvalue_{i + 1}": values[i] for i in range(4)}


def htmt(case, frames):
    items = item_frame(case, frames).to_numpy(float)
    related, factors = np.corrcoef(items, rowvar=False), list(factors_of(case).values())
    numbers = {"n": len(items)}
    for name, mean in {"htmt": "arithmetic", "htmt2": "geometric"}.items():
        ratio = heterotrait_ratio(related, factors, mean)
        numbers |= {f"{name}_{a + 1}{b + 1}": ratio[a, b] for a in range(3) for b in range(a + 1, 3)}
    return numbers


def cfa_adapter(case, frames):
    return KINDS[case["arguments"]["estimator"]](case, frames)


def _ml(case, frames):
    factors, items = factors_of(case), case["columns"]["items"]
    data = item_frame(case, frames).to_numpy(float)
    found = cfa(data, list(factors.values()))
    fit = found.estimates.fit
    numbers = {
        "chisq": fit.chi2,
        "df": fit.df,
        "pvalue": fit.p_value,
        "baseline_chisq": fit.baseline_chi2,
        "cfi": fit.cfi,
        "tli": fit.tli,
        "nnfi": fit.tli,
        "rmsea": fit.rmsea,
        "rmsea_ci_lower": fit.rmsea_low,
        "rmsea_ci_upper": fit.rmsea_high,
        "srmr": fit.srmr,
        "logl": found.estimates.log_likelihood,
        "aic": found.estimates.aic,
        "bic": found.estimates.bic,
        "nobs": fit.n,
    }
    return numbers | loadings_of(found, factors, items)


def _mlr(case, frames):
    factors, items = factors_of(case), case["columns"]["items"]
    found = robust_cfa(item_frame(case, frames).to_numpy(float), list(factors.values()))
    loadings = loadings_of(found.model, factors, items)
    for f, (name, members) in enumerate(factors.items()):
        loadings |= {f"se_{name}_{items[i]}": found.std_errors[i, f] for i in members}
    fit, scaled = found.model.estimates.fit, found.scaled
    return loadings | {
        "chisq": fit.chi2,
        "df": fit.df,
        "cfi": fit.cfi,
        "rmsea": fit.rmsea,
        "srmr": fit.srmr,
        "nobs": fit.n,
        "chisq_scaled": scaled.chi2,
        "df_scaled": scaled.df,
        "chisq_scaling_factor": found.scaling,
        "cfi_scaled": scaled.cfi,
        "tli_scaled": scaled.tli,
        "rmsea_scaled": scaled.rmsea,
        "cfi_robust": found.cfi,
        "tli_robust": found.tli,
        "rmsea_robust": found.rmsea,
    }


KINDS = {"ML": _ml, "MLR": _mlr}
FIT = {"chisq": "chi2", "df": "df", "cfi": "cfi", "tli": "tli", "rmsea": "rmsea", "srmr": "srmr"}


def _steps(found):
    numbers = {}
    for step in found.steps:
        fit = step.estimates.fit
        numbers |= {f"{step.name}_{name}": getattr(fit, field) for name, field in FIT.items()}
        numbers |= {f"{step.name}_bic": step.estimates.bic, f"lr_{step.name}": step.chi2}
        numbers[f"p_{step.name}"] = step.p_value
    return numbers


def invariance(case, frames):
    group = case["columns"]["group"]
    table = item_frame(case, frames, group)
    names = list(table[group].unique())
    parts = [table.loc[table[group] == name, case["columns"]["items"]].to_numpy(float) for name in names]
    found = group_invariance(parts, list(factors_of(case).values()))
    means = {f"latent_mean_group2_f{f + 1}": value for f, value in enumerate(found.latent_difference[0])}
    return _steps(found) | means | {"n": len(table)}


def long_invariance(case, frames):
    items, arguments = case["columns"]["items"], case["arguments"]
    names = [[f"{item}_w{arguments[wave]}" for item in items] for wave in ("w1", "w2")]
    table = frames[0][names[0] + names[1]].dropna()
    found = wave_invariance([table[part].to_numpy(float) for part in names])
    scalar = found.steps[2].estimates
    return _steps(found) | {
        "n": len(table),
        "latent_mean_change": found.latent_difference[0, 0],
        "latent_mean_change_se": found.latent_std_error[0, 0],
        "latent_var_time2": scalar.value("factor_1_1"),
        "latent_cov": scalar.value("factor_0_1"),
    }


def response_shift(case, frames):
    items, arguments = case["columns"]["items"], case["arguments"]
    names = [[f"{item}_w{arguments[wave]}" for item in items] for wave in ("w1", "w2")]
    table = frames[0][names[0] + names[1]].dropna()
    waves = [table[part].to_numpy(float) for part in names]
    numbers = {"n": len(table), "chisq": wave_invariance(waves).steps[0].estimates.fit.chi2}
    for tag, anchor in (("", arguments["anchor"] - 1), ("median_", None)):
        linked = linked_waves(*waves, anchor=anchor)
        parts = change_parts(linked)
        numbers |= {f"{tag}mean2": linked.mean, f"{tag}var2": linked.variance}
        named = {"true": parts.true_change, "loading": parts.by_loading, "intercept": parts.by_intercept}
        named |= {"dmacs": dmacs(linked).size, "change": parts.observed}
        numbers |= {
            f"{'' if name == 'change' else tag}{name}_{i + 1}": value
            for name, values in named.items()
            for i, value in enumerate(values)
        }
    return numbers


def group_dmacs(case, frames):
    group = case["columns"]["group"]
    table = item_frame(case, frames, group)
    parts = [
        table.loc[table[group] == name, case["columns"]["items"]].to_numpy(float)
        for name in table[group].unique()
    ]
    numbers = {"n": len(table)}
    for tag, anchor in (("", case["arguments"]["anchor"] - 1), ("median_", None)):
        linked = linked_groups(*parts, anchor=anchor)
        numbers |= {f"{tag}mean2": linked.mean, f"{tag}var2": linked.variance}
        numbers |= {f"{tag}dmacs_{i + 1}": value for i, value in enumerate(dmacs(linked).size)}
    return numbers


def loadings_of(found, factors, items):
    numbers = {}
    for f, (name, members) in enumerate(factors.items()):
        for i in members:
            numbers[f"load_{name}_{items[i]}"] = found.loadings[i, f]
            numbers[f"se_{name}_{items[i]}"] = found.std_errors[i, f]
            numbers[f"std_{name}_{items[i]}"] = found.standardised[i, f]
        for g, other in enumerate(factors):
            numbers[f"cov_{name}_{other}"] = found.factors[f, g]
    return numbers


ADAPTERS = {
    "invariance": invariance,
    "long_invariance": long_invariance,
    "response_shift_parts": response_shift,
    "dmacs": group_dmacs,
    "omega": omega_adapter,
    "efa": efa,
    "htmt": htmt,
    "omega_cfa": omega_cfa,
    "cfa": cfa_adapter,
}
