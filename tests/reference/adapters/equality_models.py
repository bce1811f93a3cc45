"""Area 7: decompositions, intersections, inequality, several groups and strata."""

import pandas as pd

from evaluation.stats.inequality import inequality, inequality_parts
from evaluation.stats.kitagawa import kitagawa
from evaluation.stats.maihda import strata_of, yes_no_strata
from evaluation.stats.marginal_means import marginal_means
from evaluation.stats.oaxaca import (
    group_model,
    pooled_coefficients,
    threefold,
    twofold,
    twofold_by,
)
from evaluation.stats.rank_difference import rank_difference
from evaluation.stats.several_groups import group_pairs, several_groups
from evaluation.stats.stratified_odds import stratified_odds

from ..formula import model, terms


def oaxaca(case, frames):
    formula, indicator = (part.strip() for part in case["arguments"]["f"].split("|"))
    rows = frames[0].dropna(subset=[indicator])
    found = model(formula, rows)
    first = (found.frame[indicator] == 0).to_numpy()
    y, x = found.outcome, found.columns
    a, b = group_model(y[first], x[first]), group_model(y[~first], x[~first])
    three = threefold(a, b)
    numbers = {"n_A": a.n, "n_B": b.n, "y_A": a.mean, "y_B": b.mean, "gap": three.gap}
    numbers |= {"se_gap": three.gap_std_error}
    names = ("endowments", "coefficients", "interaction")
    for place, (name, short) in enumerate(zip(names, ("end", "coef", "int"), strict=True)):
        numbers |= {f"three_{name}": three.parts[place], f"se_three_{name}": three.parts_std_error[place]}
        numbers |= {
            f"three_{short}_{column}": value
            for column, value in zip(found.names, three.detail[:, place], strict=True)
        }
    return numbers | _twofolds(y, x, first, a, b, found.names)


def _twofolds(y, x, first, a, b, columns):
    found = {
        name: twofold(a, b, weight=weight)
        for name, weight in (("wB_0", 0), ("wA_1", 1), ("half", 0.5), ("share", a.n / (a.n + b.n)))
    }
    for name in ("without_indicator", "with_indicator"):
        found[f"pooled_{name}"] = twofold_by(a, b, pooled_coefficients(y, x, first, pooled=name))
    numbers = {}
    for name, parts in found.items():
        numbers |= {f"two_explained_{name}": parts.parts[0], f"two_unexplained_{name}": parts.parts[1]}
        numbers |= {f"se_two_explained_{name}": parts.parts_std_error[0]}
        numbers |= {f"se_two_unexplained_{name}": parts.parts_std_error[1]}
        for column, (explained, unexplained) in zip(columns, parts.detail, strict=True):
            numbers |= {
                f"two_expl_{name}_{column}": explained,
                f"two_unexpl_{name}_{column}": unexplained,
            }
    return numbers


def kitagawa_adapter(case, frames):
    frame, roles = frames[0], case["columns"]
    column, value = roles["outcome"].replace("'", "").split(" == ")
    weight = frame[roles["weights"]]
    table = frame.assign(n=weight, k=weight * (frame[column] == value))
    sums = table.groupby([roles["group"], roles["strata"]])[["k", "n"]].sum()
    one, two = (sums.loc[case["arguments"][side]] for side in ("A", "B"))
    found = kitagawa(one["k"], one["n"], two["k"], two["n"])
    numbers = {
        "overall_first": found.rate,
        "overall_second": found.rate_reference,
        "gap": found.gap,
        "composition": found.composition,
        "rate_effect": found.rates,
        "three_composition_second": found.endowments,
        "three_rate_second": found.returns,
        "three_interaction": found.interaction,
        "first_rates_with_second_composition": found.standardised,
    }
    for place, stratum in enumerate(one.index):
        numbers |= {
            f"composition_stratum_{stratum}": found.composition_by_stratum[place],
            f"rate_stratum_{stratum}": found.rates_by_stratum[place],
        }
    return numbers


def maihda(case, frames):
    columns = [name.strip() for name in case["columns"]["strata"].split(" x ")]
    rows = frames[0].dropna(subset=[case["columns"]["y"], *columns])
    labels = rows[columns].astype(str).agg(".".join, axis=1)
    found = strata_of(rows[case["columns"]["y"]], labels, rows[columns].to_numpy(dtype=float))
    numbers = {
        "n": found.people,
        "strata": len(found.n),
        "var_null": found.between,
        "resid_null": found.within,
        "vpc_null": found.vpc,
        "var_main": found.between_main,
        "resid_main": found.within_main,
        "vpc_main": found.vpc_main,
        "pcv": found.pcv,
        "intercept_null": found.intercept,
    }
    return numbers | {
        f"stratum_mean_{label}": value
        for label, value in zip(sorted(labels.unique()), found.shrunken, strict=True)
    }


def maihda_logit(case, frames):
    columns = [name.strip() for name in case["columns"]["strata"].split(" x ")]
    rows = frames[0].dropna(subset=[case["columns"]["y"], *columns])
    labels = rows[columns].astype(str).agg(".".join, axis=1)
    found = yes_no_strata(rows[case["columns"]["y"]], labels)
    return {
        "n": found.people,
        "strata": found.strata,
        "intercept": found.intercept,
        "var_stratum": found.between,
        "vpc_latent": found.vpc,
        "mor": found.median_odds_ratio,
    }


def inequality_adapter(case, frames):
    rows = frames[0].dropna(subset=[case["columns"]["x"]])
    x, group = rows[case["columns"]["x"]], rows[case["columns"]["g"]]
    found, parts = inequality(x), inequality_parts(x, group)
    return {
        "n": found.n,
        "gini": found.gini,
        "gini_corrected": found.gini_corrected,
        "theil_T": found.theil,
        "theil_L_mld": found.mean_log_deviation,
        "atkinson_0_5": found.atkinson_half,
        "atkinson_1": found.atkinson_one,
        "atkinson_2": found.atkinson_two,
        "ricci_schutz_hoover": found.hoover,
        "var_coeff": found.variation,
        "p90_p10": found.percentile_ratio,
        "theil_T_within": parts.theil_within,
        "theil_T_between": parts.theil_between,
        "mld_within": parts.deviation_within,
        "mld_between": parts.deviation_between,
        "theil_T_by_formula": parts.theil_within + parts.theil_between,
        "mld_by_formula": parts.deviation_within + parts.deviation_between,
    }


def emmeans(case, frames):
    left, right = (side.strip() for side in case["arguments"]["f"].split("~"))
    by, used = case["arguments"]["by"], terms(right)
    rows = frames[0].dropna(subset=[left, *used])
    factors = {name: rows[name] for name in used if name != by and name in ("female", "foreign", "arm")}
    numeric = rows[[name for name in used if name != by and name not in factors]]
    numbers = {"n": len(rows)}
    for weights in ("equal", "proportional"):
        means, contrasts = marginal_means(
            rows[left].to_numpy(), rows[by], factors=factors, covariates=numeric.to_numpy(), weights=weights
        )
        for mean in means:
            numbers |= {
                f"emm_{weights}_{mean.level}": mean.estimate,
                f"se_{weights}_{mean.level}": mean.std_error,
                f"low_{weights}_{mean.level}": mean.conf_low,
            }
    for pair in contrasts:
        name = f"{pair.first}-{pair.second}"
        numbers |= {
            f"contrast_{name}": pair.estimate,
            f"contrast_se_{name}": pair.std_error,
            f"contrast_p_{name}": pair.p_value,
            f"tukey_p_{name}": pair.p_tukey,
            f"holm_p_{name}": pair.p_holm,
        }
    return numbers


def cmh(case, frames):
    table = frames[0].pivot_table(
        index=case["columns"]["strata"], columns=["Gender", "Admit"], values="Freq", aggfunc="sum"
    )
    counts = [table[side] for side in ("Male", "Female")]
    sides = [(side["Admitted"], side.sum(axis=1)) for side in counts]
    found = stratified_odds(*sides[0], *sides[1])
    return {
        "strata": found.strata,
        "mh_chi2": found.statistic,
        "mh_p": found.p_value,
        "mh_chi2_cc": found.statistic_continuity,
        "common_or": found.estimate,
        "or_low": found.conf_low,
        "or_high": found.conf_high,
        "breslow_day": found.homogeneity,
        "breslow_day_p": found.homogeneity_p,
        "breslow_day_tarone": found.homogeneity_tarone,
        "crude_or": found.crude,
    }


def groups(case, frames):
    rows: pd.DataFrame = frames[0].dropna(subset=list(case["columns"].values()))
    y, group = rows[case["columns"]["y"]], rows[case["columns"]["g"]]
    found = several_groups(y, group)
    numbers = {
        "n": found.n,
        "F": found.f,
        "p": found.p_value,
        "eta2": found.eta_squared,
        "omega2": found.omega_squared,
        "epsilon2": found.epsilon_squared,
        "welch_F": found.welch_f,
        "welch_df2": found.welch_df,
        "welch_p": found.welch_p,
        "kruskal_H": found.kruskal_h,
        "kruskal_p": found.kruskal_p,
        "kruskal_epsilon2": found.kruskal_epsilon_squared,
    }
    for pair in group_pairs(y, group):
        numbers |= {
            f"tukey_diff_{pair.second}-{pair.first}": pair.estimate,
            f"tukey_p_{pair.second}-{pair.first}": pair.tukey_p,
            f"games_howell_t_{pair.first}-{pair.second}": pair.statistic,
            f"games_howell_df_{pair.first}-{pair.second}": pair.df,
        }
    return numbers


def brunner_munzel(case, frames):
    roles = case["columns"]
    rows = frames[0].dropna(subset=[roles["y"]])
    one, two = (rows.loc[rows[roles["g"]] == side, roles["y"]].to_numpy() for side in (1, 0))
    found = rank_difference(one, two)
    return {
        "n0": found.n_reference,
        "n1": found.n,
        "mann_whitney_U_group0": found.u_reference,
        "p_cc": found.u_p_continuity,
        "p_no_cc": found.u_p_value,
        "prob_superiority_1_over_0": found.estimate,
        "rank_biserial": found.rank_biserial,
        "brunner_munzel_t": found.statistic,
        "brunner_munzel_df": found.df,
        "brunner_munzel_p": found.p_value,
        "ps_ci_low": found.conf_low,
        "ps_ci_high": found.conf_high,
    }


ADAPTERS = {
    "oaxaca": oaxaca,
    "kitagawa": kitagawa_adapter,
    "maihda": maihda,
    "maihda_logit": maihda_logit,
    "inequality": inequality_adapter,
    "emmeans": emmeans,
    "cmh": cmh,
    "groups": groups,
    "brunner_munzel": brunner_munzel,
}
