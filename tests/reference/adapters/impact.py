"""Area 8: those who took part against a comparison group."""

import numpy as np

from evaluation.stats.cluster import cluster_fit, contrast
from evaluation.stats.doubly_robust import augmented_weighting, robust_change
from evaluation.stats.fixed_effects import fixed_effects
from evaluation.stats.group_time import (
    average_effect,
    effect_by_group,
    effect_by_length,
    group_time_effects,
    over_lengths,
)
from evaluation.stats.interacted import interacted_fit
from evaluation.stats.linear import linear_fit, robust_fit, weighted_rows
from evaluation.stats.logistic import logistic_fit
from evaluation.stats.paired import mean_t
from evaluation.stats.propensity import (
    effective_n,
    entropy_balance,
    matched_pairs,
    propensity_weights,
    standardised_differences,
    treated_columns,
    weighted_difference,
)

from ..formula import model

HC = {"HC0": "CR0", "HC1": "CR1S", "HC2": "CR2", "HC3": "CR3"}


def _names(text):
    return [part.strip(' "') for part in text.split(",")]


def _own(found, place, covariance="CR2"):
    return contrast(found, np.eye(found.coefficients.size)[place], covariance=covariance)


def did(case, frames):
    found = model(case["arguments"]["f"], frames[0])
    fit, robust = (kind(found.outcome, found.columns) for kind in (linear_fit, robust_fit))
    numbers = {"n": fit.n, "r2": fit.r_squared, "sigma": fit.sigma}
    for place, name in enumerate(found.names):
        numbers |= {
            f"b_{name}": fit.coefficients[place],
            f"se_ols_{name}": fit.std_error[place],
            f"se_robust_{name}": _own(robust, place, "CR1S").std_error,
        }
    return numbers


def did_panel(case, frames):
    roles, last = case["columns"], case["arguments"]["w"]
    rows = frames[0][frames[0]["wave"].isin([1, last])].dropna(subset=[roles["y"]])
    rows = rows.assign(post=(rows["wave"] == last).astype(int))
    both = rows[rows.groupby(roles["id"])["wave"].transform("size") == 2].sort_values([roles["id"], "wave"])
    formula = f"{roles['y']} ~ post * {roles['arm']}"
    found, balanced = (model(formula, table) for table in (rows, both))
    fit = cluster_fit(found.outcome, found.columns, rows[roles["cluster"]].to_numpy())
    first, second = (both[both["post"] == post] for post in (0, 1))
    gain = second[roles["y"]].to_numpy() - first[roles["y"]].to_numpy()
    gained = cluster_fit(gain, treated_columns(first[roles["arm"]]), first[roles["cluster"]].to_numpy())
    post, arm = (both[name].to_numpy(float) for name in ("post", roles["arm"]))
    within = fixed_effects(
        both[roles["y"]], np.column_stack([post, post * arm]), both[roles["id"]].to_numpy()
    )
    own, gains = _own(fit, 3), _own(gained, 1)
    return {
        "n_rows": fit.n,
        "n_balanced_people": len(first),
        "did_unbalanced": own.estimate,
        "se_CR1S": _own(fit, 3, "CR1S").std_error,
        "se_CR2": own.std_error,
        "df_satt": own.df,
        "p_satt": own.p_value,
        "did_balanced": linear_fit(balanced.outcome, balanced.columns).coefficients[3],
        "did_person_fixed_effects": within.coefficients[1],
        "did_gain_regression": gains.estimate,
        "se_CR2_gain": gains.std_error,
        "df_satt_gain": gains.df,
    }


def did_adapter(case, frames):
    return (did if "f" in case["arguments"] else did_panel)(case, frames)


def twfe(case, frames):
    unit = case["columns"]["cluster"]
    found = model(case["arguments"]["f"], frames[0].dropna(subset=[unit]))
    names, columns = found.names[1:], found.columns[:, 1:]
    fit = fixed_effects(found.outcome, columns, found.frame[unit].to_numpy())
    numbers = {"n": fit.n, "firms": fit.n_units, "within_r2": fit.r_squared}
    for place, name in enumerate(names):
        own = _own(fit.fit, place)
        numbers |= {
            f"b_{name}": fit.coefficients[place],
            f"se_ols_{name}": fit.std_error[place],
            f"se_arellano_HC0_{name}": _own(fit.fit, place, "CR0").std_error,
            f"se_cluster_stata_xtreg_{name}": fit.std_error_stata[place],
            f"se_CR2_{name}": own.std_error,
            f"df_satt_{name}": own.df,
        }
    return numbers


def ancova(case, frames):
    found = model(case["arguments"]["f"], frames[0])
    fit, robust = (kind(found.outcome, found.columns) for kind in (linear_fit, robust_fit))
    took = found.columns[:, 1]
    lin = interacted_fit(found.outcome, took, found.columns[:, 2:])
    own = _own(lin, 1)
    t2 = (fit.coefficients[1] / fit.std_error[1]) ** 2
    return {
        "n": fit.n,
        "b": fit.coefficients[1],
        "se_ols": fit.std_error[1],
        **{f"se_{hc}": _own(robust, 1, kind).std_error for hc, kind in HC.items()},
        "lin_b": own.estimate,
        "lin_se": own.std_error,
        "lin_df": lin.n - lin.coefficients.size,
        "unadjusted_b": linear_fit(found.outcome, treated_columns(took)).coefficients[1],
        "partial_r2": t2 / (t2 + fit.df),
    }


SCORES = {"att": "treated", "ate": "all", "ato": "overlap"}


def psw(case, frames):
    roles = case["columns"]
    found = model(case["arguments"]["ps"], frames[0].dropna(subset=[roles["y"]]))
    y, took = found.frame[roles["y"]].to_numpy(float), found.outcome
    score = logistic_fit(took, found.columns)
    chance = score.probability
    numbers = {
        "n": took.size,
        "treated": took.sum(),
        "ps_min": chance.min(),
        "ps_max": chance.max(),
        "ps_mean_treated": chance[took == 1].mean(),
    }
    numbers |= {f"ps_b_{name}": b for name, b in zip(found.names, score.coefficients, strict=True)}
    for key, target in SCORES.items():
        weights = propensity_weights(took, chance, target)
        scaled_y, scaled_x, _ = weighted_rows(y, treated_columns(took), weights)
        differences = standardised_differences(found.columns[:, 1:], took, weights)
        numbers |= {
            f"{key}_effect": weighted_difference(y, took, weights),
            f"{key}_se_HC0": _own(robust_fit(scaled_y, scaled_x), 1, "CR0").std_error,
            f"{key}_ess_control": effective_n(weights[took == 0]),
            f"{key}_ess_treated": effective_n(weights[took == 1]),
            f"{key}_max_abs_smd": np.abs(differences).max(),
        }
    first = propensity_weights(took, chance)[took == 0][:3]
    return numbers | {f"att_weight_control_{i}": value for i, value in enumerate(first, 1)}


def ebal(case, frames):
    roles, names = case["columns"], _names(case["arguments"]["xs"])
    rows = frames[0].dropna(subset=[roles["y"], roles["t"], *names])
    took, x = rows[roles["t"]].to_numpy(), rows[names].to_numpy(float)
    weights = entropy_balance(x, took)
    own = weights[took == 0]
    numbers = {
        "n_treated": took.sum(),
        "n_control": own.size,
        "att": weighted_difference(rows[roles["y"]], took, weights),
        "ess_control": effective_n(own),
        "weight_max": own.max(),
        "weight_min": own.min(),
    }
    numbers |= {f"weight_control_{i}": value for i, value in enumerate(own[:5], 1)}
    return numbers | {
        f"mean_balanced_{name}": np.average(x[took == 0, place], weights=own)
        for place, name in enumerate(names)
    }


def aipw(case, frames):
    roles = case["columns"]
    found = model(case["arguments"]["ps"], frames[0].dropna(subset=[roles["y"]]))
    result = augmented_weighting(found.frame[roles["y"]], found.outcome, found.columns)
    return {
        "n": found.outcome.size,
        "aipw_ate": result.all.estimate,
        "aipw_ate_se": result.all.std_error(),
        "aipw_att": result.treated.estimate,
        "aipw_att_se": result.treated.std_error(),
        "aipw_att_hajek": result.treated_normalised,
        "outcome_regression_ate": result.regression_all,
        "outcome_regression_att": result.regression_treated,
        "ipw_ate_hajek": result.weighting_all,
    }


def drdid(case, frames):
    roles, names = case["columns"], _names(case["arguments"]["xs"])
    rows = frames[0].dropna(subset=[roles["y1"], roles["y0"], roles["t"], *names])
    x = np.column_stack([np.ones(len(rows)), rows[names].to_numpy(float)])
    found = robust_change(rows[roles["y1"]] - rows[roles["y0"]], rows[roles["t"]], x)
    named = {
        "drdid": found.doubly_robust,
        "ipw_hajek": found.weighting,
        "outcome_regression": found.regression,
        "drdid_improved": found.improved,
    }
    numbers = {"n": len(rows)}
    for name, part in named.items():
        numbers |= {name: part.estimate, f"{name}_se": part.std_error(spent=1)}
    return numbers


def staggered(case, frames):
    roles = case["columns"]
    wide = frames[0].pivot(index=roles["id"], columns=roles["time"], values=roles["y"])
    start = frames[0].groupby(roles["id"])[roles["g"]].first().loc[wide.index]
    found = group_time_effects(wide.to_numpy(), start, wide.columns)
    numbers = {}
    for g, t, estimate, error in zip(found.group, found.period, found.estimate, found.std_error, strict=True):
        numbers |= {f"att_{g:.0f}_{t:.0f}": estimate, f"se_{g:.0f}_{t:.0f}": error}
    lengths = effect_by_length(found)
    averages = {
        "simple": average_effect(found),
        "group": effect_by_group(found),
        "dynamic": over_lengths(lengths),
    }
    for name, part in averages.items():
        numbers |= {f"{name}_att": part.estimate, f"{name}_se": part.std_error()}
    return numbers | {f"event_{length}": part.estimate for length, part in lengths.items()}


def match(case, frames):
    roles = case["columns"]
    names = ["age", "educ", "married", "nodegree", "re74", "re75"]
    found = model(f"{roles['t']} ~ {' + '.join(names)}", frames[0])
    y, took, x = found.frame[roles["y"]].to_numpy(float), found.outcome, found.columns
    chance = logistic_fit(took, x).probability
    pairs = matched_pairs(took, chance)
    kept = np.zeros(took.size)
    kept[np.concatenate([pairs.treated, pairs.comparison])] = 1
    gain = mean_t(y[pairs.treated] - y[pairs.comparison])
    after = standardised_differences(np.column_stack([chance, x[:, 1:]]), took, kept, spread="treated")
    numbers = {
        "pairs": pairs.treated.size,
        "att": gain.estimate,
        "se_paired": gain.std_error,
        "matched_control_mean": y[pairs.comparison].mean(),
    }
    return numbers | {
        f"smd_after_{name}": value for name, value in zip(["distance", *names], after, strict=True)
    }


ADAPTERS = {
    "did": did_adapter,
    "twfe": twfe,
    "ancova": ancova,
    "psw": psw,
    "ebal": ebal,
    "aipw": aipw,
    "drdid": drdid,
    "staggered": staggered,
    "match": match,
}

CONVENTIONS_NOT_OFFERED = {
    "twfe": {
        "re_swar_b_*": "Random effects of Swamy and Arora assume that taking part has nothing to do with the level "
        "of the unit, which is what a comparison has to guard against."
    }
}
