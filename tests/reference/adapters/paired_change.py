"""Area 1: change between two measurements of the same people."""

import numpy as np

from evaluation.stats.dominance import cliffs_delta, rank_biserial
from evaluation.stats.effect_size import (
    d_average,
    d_rm,
    d_z,
    glass_delta,
    hedges_correction,
    probability_of_superiority,
)
from evaluation.stats.equivalence import two_one_sided
from evaluation.stats.paired import paired_t
from evaluation.stats.repeated import friedman, repeated_anova
from evaluation.stats.sign_flip import sign_flip
from evaluation.stats.sign_test import sign_test
from evaluation.stats.signed_rank import rounded_changes, signed_rank
from evaluation.stats.trimmed import yuen

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


def paired_wilcoxon_exact(case, frames):
    found = signed_rank(*_complete_pairs(case, frames), case["arguments"].get("level", 0.95), method="exact")
    return {
        "n": found.n,
        "n_nonzero": found.n_nonzero,
        "V": found.statistic,
        "p_two_sided": found.p_value,
        "p_greater": found.p_greater,
        "hodges_lehmann": found.estimate,
        "ci_low": found.conf_low,
        "ci_high": found.conf_high,
    }


def paired_wilcoxon_normal(case, frames):
    pre, post = _complete_pairs(case, frames)
    with_half, without = (signed_rank(pre, post, method="normal", continuity=half) for half in (True, False))
    return {
        "n_pairs": with_half.n,
        "n_nonzero": with_half.n_nonzero,
        "n_zero": with_half.n - with_half.n_nonzero,
        "V": with_half.statistic,
        "p_continuity": with_half.p_value,
        "p_no_continuity": without.p_value,
        "z_no_continuity": without.z,
        "p_greater_continuity": with_half.p_greater,
    }


def paired_wilcoxon_pratt(case, frames):
    pre, post = _complete_pairs(case, frames)
    kinds = {
        name: signed_rank(pre, post, method="normal", zeros=zeros, continuity=False)
        for name, zeros in (("pratt", "pratt"), ("wilcoxon", "drop"))
    }
    return {f"z_{name}": found.z for name, found in kinds.items()} | {
        f"p_{name}": found.p_value for name, found in kinds.items()
    }


def paired_sign(case, frames):
    found = sign_test(*_complete_pairs(case, frames), case["arguments"].get("level", 0.95))
    return {
        "n_pos": found.n_up,
        "n_neg": found.n_down,
        "n_zero": found.n_tied,
        "p_two_sided": found.p_value,
        "p_greater": found.p_greater,
        "prop_pos": found.share_up,
        "prop_ci_low": found.share_low,
        "prop_ci_high": found.share_high,
        "median_diff": found.median,
        "median_ci_low": found.median_low,
        "median_ci_high": found.median_high,
        "median_ci_coverage": found.median_coverage,
    }


def paired_rank_biserial(case, frames):
    found = rank_biserial(*_complete_pairs(case, frames), case["arguments"].get("level", 0.95))
    return {
        "n_nonzero": found.n,
        "rank_biserial": found.estimate,
        "ci_low": found.conf_low,
        "ci_high": found.conf_high,
    }


def paired_cliffs_delta(case, frames):
    pre, post = _complete_pairs(case, frames)
    level = case["arguments"].get("level", 0.95)
    separate = cliffs_delta(post, pre, level)
    change = rounded_changes(pre, post)
    within = probability_of_superiority(np.zeros(change.size), change, level)
    return {
        "cliffs_delta_independent": separate.estimate,
        "cliff_ci_low": separate.conf_low,
        "cliff_ci_high": separate.conf_high,
        "cliff_var": separate.std_error**2,
        "ps_independent": separate.superiority,
        "ps_paired": within.estimate,
        "share_up": within.n_up / within.n,
        "share_same": within.n_tied / within.n,
        "share_down": within.n_down / within.n,
        "dependent_delta": 2 * within.estimate - 1,
    }


def paired_yuen(case, frames):
    found = yuen(*_complete_pairs(case, frames), trim=case["arguments"]["trim"])
    return {
        "t": found.statistic,
        "df": found.df,
        "p_two_sided": found.p_value,
        "diff_trimmed_means": found.estimate,
        "ci_low": found.conf_low,
        "ci_high": found.conf_high,
        "se": found.std_error,
        "trimmed_mean_post": found.mean_post,
        "trimmed_mean_pre": found.mean_pre,
    }


def paired_signflip_exact(case, frames):
    found = sign_flip(rounded_changes(*_complete_pairs(case, frames)), rng=np.random.default_rng(1))
    return {
        "n_nonzero": found.n_nonzero,
        "mean_diff": found.estimate,
        "p_two_sided": found.p_value,
        "p_greater": found.p_greater,
    }


def paired_three_waves(case, frames):
    table = frames[0][list(case["columns"].values())].dropna()
    ranks, anova = friedman(table), repeated_anova(table)
    return {
        "n": ranks.n,
        "friedman_chi2": ranks.statistic,
        "friedman_df": ranks.df,
        "friedman_p": ranks.p_value,
        "kendall_w": ranks.concordance,
        "rm_F": anova.statistic,
        "rm_p": anova.p_value,
        "gg_epsilon": anova.epsilon,
        "hf_epsilon": anova.epsilon_huynh_feldt,
        "p_gg": anova.p_corrected,
        "partial_eta_sq": anova.partial_eta_squared,
        "ges": anova.generalised_eta_squared,
    }


ADAPTERS = {
    "paired_t": paired_t_adapter,
    "paired_effect_sizes": paired_effect_sizes,
    "paired_tost": paired_tost,
    "paired_wilcoxon_exact": paired_wilcoxon_exact,
    "paired_wilcoxon_exact_ties": paired_wilcoxon_exact,
    "paired_wilcoxon_normal": paired_wilcoxon_normal,
    "paired_wilcoxon_pratt": paired_wilcoxon_pratt,
    "paired_sign": paired_sign,
    "paired_rank_biserial": paired_rank_biserial,
    "paired_cliffs_delta": paired_cliffs_delta,
    "paired_yuen": paired_yuen,
    "paired_signflip_exact": paired_signflip_exact,
    "paired_three_waves": paired_three_waves,
}
