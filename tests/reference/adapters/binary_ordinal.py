"""Area 2: yes-or-no and ordered answers of the same people."""

import numpy as np
from scipy import special

from evaluation.stats.marginal_homogeneity import (
    bhapkar,
    bowker,
    cochran_q,
    ordinal_shift,
    square_table,
    stuart_maxwell,
)
from evaluation.stats.paired_share import INTERVALS, mcnemar, paired_share_change


def _two_by_two(case, frames):
    arguments, roles = case["arguments"], case["columns"]
    if not frames:
        return tuple(arguments[name] for name in "abce")
    pairs = frames[0][[roles["pre"], roles["post"]]].dropna().astype(int)
    table = square_table(*pairs.to_numpy().T, [0, 1])
    return table[1, 1], table[0, 1], table[1, 0], table[0, 0]


def mcnemar_adapter(case, frames):
    both, up, down, neither = _two_by_two(case, frames)
    found = mcnemar(up, down, case["arguments"]["level"])
    return {
        "n": both + up + down + neither,
        "both": both,
        "gained": found.n_up,
        "lost": found.n_down,
        "neither": neither,
        "chi2": found.statistic,
        "p_asymptotic": found.p_asymptotic,
        "chi2_cc": found.statistic_corrected,
        "p_cc": found.p_corrected,
        "p_exact": found.p_exact,
        "p_midp": found.p_mid,
        "odds_ratio": found.odds_ratio,
        "or_ci_low": found.conf_low,
        "or_ci_high": found.conf_high,
    }


def paired_prop_diff(case, frames):
    both, up, down, _ = counts = _two_by_two(case, frames)
    level = case["arguments"]["level"]
    kinds = {kind: paired_share_change(*counts, level, interval=kind) for kind in INTERVALS}
    wald = kinds["wald"]
    numbers = {
        "n": wald.n,
        "p_post": (both + up) / wald.n,
        "p_pre": (both + down) / wald.n,
        "diff": wald.estimate,
        "wald_se": (wald.conf_high - wald.estimate) / special.ndtri((1 + level) / 2),
    }
    for kind, found in kinds.items():
        numbers |= {f"{kind}_low": found.conf_low, f"{kind}_high": found.conf_high}
    return numbers


def _moves(case, frames):
    roles, arguments = case["columns"], case["arguments"]
    if "pre" in roles:
        first, last = map(int, arguments["levels"].split(":"))
        pairs = frames[0][[roles["pre"], roles["post"]]].dropna().to_numpy()
        return square_table(*pairs.T, np.arange(first, last + 1))
    rows = frames[0][frames[0]["gender"] == arguments["gender"]]
    return rows.pivot_table(index="right", columns="left", values="Freq", aggfunc="sum").to_numpy()


def marginal_homogeneity(case, frames):
    table = _moves(case, frames)
    shares, other, moves, shift = (test(table) for test in (stuart_maxwell, bhapkar, bowker, ordinal_shift))
    return {
        "n": shares.n,
        "stuart_maxwell_chi2": shares.statistic,
        "stuart_maxwell_df": shares.df,
        "stuart_maxwell_p": shares.p_value,
        "bhapkar_chi2": other.statistic,
        "bhapkar_p": other.p_value,
        "bowker_chi2": moves.statistic,
        "bowker_df": moves.df,
        "bowker_p": moves.p_value,
        "ordinal_mh_z_abs": abs(shift.z),
        "ordinal_mh_p": shift.p_value,
        "generalised_or_up_down": shift.up_down_ratio,
    }


def cochran_q_adapter(case, frames):
    names = [f"passed_w{wave}" for wave in (1, 2, 3)]
    table = frames[0][names].dropna()
    found = cochran_q(table)
    shares = {f"p_w{wave}": float(table[name].mean()) for wave, name in enumerate(names, start=1)}
    return {"n": found.n, "Q": found.statistic, "df": found.df, "p": found.p_value} | shares


ADAPTERS = {
    "mcnemar": mcnemar_adapter,
    "paired_prop_diff": paired_prop_diff,
    "marginal_homogeneity": marginal_homogeneity,
    "cochran_q": cochran_q_adapter,
}
