"""Areas 8 and 9: hidden bias, estimates put together, and planning."""

import numpy as np

from evaluation.stats import hidden_bias as bias
from evaluation.stats import meta_analysis as meta
from evaluation.stats.linear import linear_fit
from evaluation.stats.omitted_variable import benchmarked, proportional_selection, robustness_value
from evaluation.stats.planned import planned_change, planned_comparison
from evaluation.stats.power import (
    design_effect,
    detectable_multiplier,
    detectable_shift,
    n_for_t,
    t_power,
)
from evaluation.stats.power_share import (
    arcsine_distance,
    exact_power,
    n_for_share,
    n_for_two_shares,
    paired_share_power,
    share_power,
    two_share_power,
)
from evaluation.stats.verdict_chance import n_for_precision

from ..formula import model


def evalue(case, frames):
    a = case["arguments"]
    odds = (a["or"], a["olo"], a["ohi"])
    found = {
        "rr": bias.e_value(a["rr"], a["lo"], a["hi"]),
        "or_common": bias.e_value(*odds, "odds_ratio"),
        "or_rare": bias.e_value(*odds, "odds_ratio_rare"),
        "hr_common": bias.e_value(*odds, "hazard_ratio"),
        "smd": bias.e_value_difference(a["d"], a["se"]),
    }
    numbers = {f"{name}_point": value.estimate for name, value in found.items()}
    return numbers | {f"{name}_ci": value.limit for name, value in found.items()}


def rosenbaum(case, frames):
    roles = case["columns"]
    gain = (frames[0][roles["post"]] - frames[0][roles["pre"]]).dropna()
    numbers = {"gamma_at_p_0.05": bias.tolerated_bias(gain)}
    for gamma in case["arguments"]["gammas"]:
        found = bias.rosenbaum_bounds(gain, gamma)
        numbers |= {
            "n_nonzero": found.n,
            "T": found.statistic,
            f"p_upper_gamma_{gamma:g}": found.p_upper,
            f"p_lower_gamma_{gamma:g}": found.p_lower,
            f"sign_p_upper_gamma_{gamma:g}": found.p_upper_sign,
        }
    return numbers


def sensemakr(case, frames):
    found = model(case["arguments"]["f"], frames[0])
    place, known = (found.names.index(case["arguments"][name]) for name in ("t", "b"))
    fit = linear_fit(found.outcome, found.columns)
    numbers = (float(fit.coefficients[place]), float(fit.std_error[place]), fit.df)
    value = robustness_value(*numbers)
    result = {
        "estimate": value.estimate,
        "se": value.std_error,
        "t": value.statistic,
        "r2yd_x": value.partial_r2,
        "rv_q1": value.value,
        "rv_q1_alpha05": value.value_significance,
        "f2yd_x": value.partial_f2,
        "rv_q_half": robustness_value(*numbers, q=0.5).value,
    }
    for times in (1, 2, 3):
        own = benchmarked(found.outcome, found.columns, place, known, times)
        result |= {
            f"r2dz_x_{times}": own.r2_treatment,
            f"r2yz_dx_{times}": own.r2_outcome,
            f"adj_estimate_{times}": own.estimate,
            f"adj_se_{times}": own.std_error,
            f"adj_t_{times}": own.statistic,
        }
    return result


def oster(case, frames):
    found = model(case["arguments"]["full"], frames[0])
    own = proportional_selection(
        found.outcome, found.columns[:, 1], found.columns[:, 2:], case["arguments"]["k"]
    )
    return {
        "b_short": own.short,
        "b_full": own.full,
        "r2_short": own.r2_short,
        "r2_full": own.r2_full,
        "r_max": own.r2_max,
        "beta_star_approx_delta1": own.estimate,
        "delta_approx_for_zero": own.ratio,
    }


def _log_risk_ratios(d):
    n1, n0 = d["tpos"] + d["tneg"], d["cpos"] + d["cneg"]
    y = np.log(d["tpos"] / n1) - np.log(d["cpos"] / n0)
    return y.to_numpy(), (1 / d["tpos"] - 1 / n1 + 1 / d["cpos"] - 1 / n0).to_numpy()


def _company_gains(d, roles):
    gain = d[roles["post"]] - d[roles["pre"]]
    own = gain.groupby(d[roles["cluster"]]).agg(["mean", "var", "count"])
    own = own[(own["count"] >= 4) & (own["var"] > 0)]
    return own["mean"].to_numpy(), (own["var"] / own["count"]).to_numpy()


def meta_adapter(case, frames):
    d = frames[0]
    y, v = _company_gains(d, case["columns"]) if "pre" in case["columns"] else _log_risk_ratios(d)
    found = {
        kind: meta.meta_analysis(y, v, between=kind, hartung_knapp=False)
        for kind in ("REML", "ML", "DL", "PM", "FE")
    }
    reml, knapp = found["REML"], meta.meta_analysis(y, v)
    numbers = {f"{kind.lower()}_b": own.estimate for kind, own in found.items()}
    numbers |= {f"{kind.lower()}_se": own.std_error for kind, own in found.items()}
    numbers |= {f"{kind.lower()}_tau2": own.tau2 for kind, own in found.items()}
    for name, own in (("reml", reml), ("knha", knapp)):
        numbers |= {f"{name}_ci_low": own.conf_low, f"{name}_ci_high": own.conf_high}
        numbers |= {f"{name}_pi_low": own.predicted_low, f"{name}_pi_high": own.predicted_high}
    low, high = meta.between_limits(y, v)
    egger = meta.small_study_test(y, v)
    left = meta.leave_one_out(y, v)
    return numbers | {
        "k": reml.n,
        "Q": reml.q,
        "Q_p": reml.q_p,
        "reml_I2": 100 * reml.i2,
        "dl_I2": 100 * found["DL"].i2,
        "reml_H2": reml.h2,
        "tau2_qprofile_low": low,
        "tau2_qprofile_high": high,
        "knha_se": knapp.std_error,
        "knha_t": knapp.statistic,
        "knha_p": knapp.p_value,
        "egger_lm_t": egger[0],
        "egger_lm_p": egger[1],
        "loo_min": left.min(),
        "loo_max": left.max(),
    }


def metareg(case, frames):
    y, v = _log_risk_ratios(frames[0])
    found = model(f"tpos ~ {case['arguments']['mods']}", frames[0])
    knapp = case["arguments"]["test"] == "knha"
    own = meta.meta_regression(y, v, found.columns, hartung_knapp=knapp)
    numbers = {
        "tau2": own.tau2,
        "QE": own.q,
        "QM": own.test,
        "QM_p": own.test_p,
        "R2": 100 * own.r_squared,
    }
    for place, name in enumerate(("intrcpt", *found.names[1:])):
        numbers |= {f"b_{name}": own.coefficients[place], f"se_{name}": own.std_error[place]}
        numbers[f"p_{name}"] = own.p_value[place]
    return numbers


def power_paired_t(case, frames):
    a = case["arguments"]
    n, size, alpha, wanted = a["n"], a["delta"] / a["sd"], a["alpha"], a["power"]
    shift, df = size * np.sqrt(n), n - 1
    needed = n_for_t(a["delta"], a["sd"], wanted, alpha)
    return {
        "power_two_sided_strict": t_power(shift, df, alpha),
        "power_two_sided_one_tail_only": t_power(shift, df, alpha / 2, sides=1),
        "power_one_sided": t_power(shift, df, alpha, sides=1),
        "n_pairs_required": needed,
        "n_pairs_required_ceiling": np.ceil(needed),
        "minimal_detectable_delta": a["sd"] / np.sqrt(n) * detectable_shift(df, wanted, alpha / 2, sides=1),
        "n_per_group_two_sample": n_for_t(a["delta"], a["sd"], wanted, alpha, groups=2),
    }


def power_props(case, frames):
    a = case["arguments"]
    one, two, n = a["p1"], a["p2"], a["n"]
    sides = 1 if a["alt"] == "greater" else 2
    return {
        "h": arcsine_distance(one, two),
        "power_two_samples_arcsine": share_power(one, two, n, n),
        "power_two_samples_normal": two_share_power(one, two, n),
        "n_per_group_normal": n_for_two_shares(one, two),
        "power_one_sample_arcsine": share_power(one, two, n, sides=sides),
        "power_unequal_arcsine": share_power(one, two, n, 2 * n),
    }


def power_exact_binomial(case, frames):
    a = case["arguments"]
    own = exact_power(a["n"], a["p0"], a["p1"], a["alpha"])
    first, always = n_for_share(a["p0"], a["p1"], 0.8, a["alpha"])
    return {
        "critical_count": own.critical,
        "exact_size": own.size,
        "power": own.power,
        "smallest_n_reaching_80": first,
        "smallest_n_staying_above_80": always,
    }


def power_mcnemar(case, frames):
    a = case["arguments"]
    own = paired_share_power(a["p10"], a["p01"], a["n"], a["power"], a["alpha"])
    return {
        "n_connor": own.n_needed,
        "power_normal": own.normal,
        "power_exact_conditional_test": own.exact,
        "power_midp_test": own.mid_p,
        "power_asymptotic_test": own.asymptotic,
        "odds_ratio": a["p10"] / a["p01"],
    }


def design_effect_adapter(case, frames):
    a = case["arguments"]
    own = design_effect(a["sizes"], a["icc"])
    wanted = a["n0"] * own.unequal
    return {
        "N": own.n,
        "mean_size": own.mean_size,
        "cv_population": own.variation,
        "deff_equal": own.equal,
        "deff_unequal": own.unequal,
        "deff_kish_sum_squares": own.unequal,
        "n_effective": own.n_effective,
        "relative_efficiency_optimal_weights": own.efficiency,
        "n_required_simple": a["n0"],
        "n_required_clustered": wanted,
        "clusters_required": np.ceil(wanted / own.mean_size),
    }


def mdes_crt(case, frames):
    a = case["arguments"]
    plain = {"icc": a["icc"], "share": a["P"], "power": a["power"], "alpha": a["alpha"]}
    own = planned_comparison(
        a["J"], a["m"], explained_within=a["R1"], explained_between=a["R2"], covariates=a["g"], **plain
    )
    bare = planned_comparison(a["J"], a["m"], **plain)
    return {
        "df": own.df,
        "multiplier_M": own.multiplier,
        "mdes_bloom": own.multiplier * own.std_error,
        "mdes_noncentral_t": own.detectable,
        "power_at_es": t_power(a["es"] / own.std_error, own.df, a["alpha"]),
        "power_at_es_no_covariates": t_power(a["es"] / bare.std_error, bare.df, a["alpha"]),
    }


def mde_paired_clusters(case, frames):
    a = case["arguments"]
    own = planned_change(
        [a["m"]] * a["J"],
        sd=a["sd"],
        correlation=a["rho"],
        icc=a["icc_change"],
        power=a["power"],
        alpha=a["alpha"],
    )
    multiplier = detectable_multiplier(own.df, a["power"], a["alpha"]) * own.std_error
    return {
        "sd_change": own.sd_change,
        "se_mean_change": own.std_error,
        "df": own.df,
        "mde_multiplier": multiplier,
        "mde_noncentral_t": own.detectable,
        "mde_normal": detectable_multiplier(np.inf, a["power"], a["alpha"]) * own.std_error,
        "mde_in_pre_sd": multiplier / a["sd"],
    }


def sample_size_prop(case, frames):
    a = case["arguments"]
    finite = n_for_precision(a["e"], a["P"], a["N"], a["level"])
    return {
        "n_infinite": n_for_precision(a["e"], a["P"], conf_level=a["level"]),
        "n_finite_cochran": finite,
        "n_finite_cochran_ceiling": np.ceil(finite),
        "n_samplingbook": np.ceil(finite),
        "n_inflated_for_response": np.ceil(np.ceil(finite) / a["response"]),
    }


ADAPTERS = {
    "evalue": evalue,
    "rosenbaum": rosenbaum,
    "sensemakr": sensemakr,
    "oster": oster,
    "meta": meta_adapter,
    "metareg": metareg,
    "power_paired_t": power_paired_t,
    "power_props": power_props,
    "power_exact_binomial": power_exact_binomial,
    "power_mcnemar": power_mcnemar,
    "design_effect": design_effect_adapter,
    "mdes_crt": mdes_crt,
    "mde_paired_clusters": mde_paired_clusters,
    "sample_size_prop": sample_size_prop,
}

CONVENTIONS_NOT_OFFERED = {
    "design_effect": {
        "cv_sample": "The design effect is exact with the population's coefficient of variation; another one beside "
        "it would invite the wrong formula."
    }
}
