"""Area 1: change between two measurements of the same people."""

from evaluation.stats.effect_size import d_average, d_rm, d_z, glass_delta, hedges_correction
from evaluation.stats.equivalence import two_one_sided
from evaluation.stats.paired import paired_t

CONVENTIONS_NOT_OFFERED = {
    "paired_effect_sizes": {
        "J_approx": "The exact factor is as quick to compute as its approximation, and is used everywhere.",
    },
}


def _complete_pairs(case, frames):
    columns = [case["columns"]["pre"], case["columns"]["post"]]
    complete = frames[0][columns].dropna()
    return tuple(complete[column].to_numpy(dtype=float) for column in columns)


def paired_t_adapter(case, frames):
    pre, post = _complete_pairs(case, frames)
    level = case["arguments"].get("level", 0.95)
    change = paired_t(pre, post, level)
    return {
        "n": change.n,
        "mean_pre": change.mean_pre,
        "mean_post": change.mean_post,
        "mean_diff": change.estimate,
        "sd_diff": change.std_dev,
        "se": change.std_error,
        "t": change.statistic,
        "df": change.df,
        "p_two_sided": change.p_value,
        "p_greater": paired_t(pre, post, level, alternative="greater").p_value,
        "ci_low": change.conf_low,
        "ci_high": change.conf_high,
    }


def paired_effect_sizes(case, frames):
    pre, post = _complete_pairs(case, frames)
    level = case["arguments"].get("level", 0.95)
    plain, corrected = d_z(pre, post, level), d_z(pre, post, level, corrected=True)
    within = d_rm(pre, post, level)
    return {
        "n": plain.n,
        # d_rm = d_z sqrt(2 (1 - r)), so the two effect sizes give the correlation between them.
        "r_pre_post": 1 - (within.estimate / plain.estimate) ** 2 / 2,
        "d_z": plain.estimate,
        "d_z_ci_low": plain.conf_low,
        "d_z_ci_high": plain.conf_high,
        "J_exact": hedges_correction(plain.df),
        "g_z": corrected.estimate,
        "g_z_ci_low": corrected.conf_low,
        "g_z_ci_high": corrected.conf_high,
        "d_av": d_average(pre, post, level).estimate,
        "d_av_mean_of_sds": d_average(pre, post, level, standardiser="mean_of_sds").estimate,
        "d_rm": within.estimate,
        "glass_delta_pre_sd": glass_delta(pre, post, level).estimate,
        "g_av": d_average(pre, post, level, corrected=True).estimate,
        "g_rm": d_rm(pre, post, level, corrected=True).estimate,
    }


def paired_tost(case, frames):
    change = paired_t(*_complete_pairs(case, frames))
    arguments = case["arguments"]
    found = two_one_sided(
        change.estimate, change.std_error, change.df, arguments["bound"], arguments.get("alpha", 0.05)
    )
    return {
        "t_lower": found.statistic_low,
        "p_lower": found.p_low,
        "t_upper": found.statistic_high,
        "p_upper": found.p_high,
        "p_tost": found.p_value,
        "ci90_low": found.conf_low,
        "ci90_high": found.conf_high,
    }


ADAPTERS = {
    "paired_t": paired_t_adapter,
    "paired_effect_sizes": paired_effect_sizes,
    "paired_tost": paired_tost,
}
