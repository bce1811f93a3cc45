"""Area 5: reliability of scales, agreement of judgements, reliable change."""

import re

import numpy as np
import pandas as pd

from evaluation.measurement.agreement import fleiss_kappa, kappa, krippendorff_alpha
from evaluation.measurement.alpha import alpha, consistency
from evaluation.measurement.items import pairwise_covariance
from evaluation.measurement.raters import intraclass
from evaluation.measurement.reliable_change import reliable_change
from evaluation.measurement.split_half import split_half


def item_frame(case, frames, group=None):
    """Items of a case, reversed where it says so, complete unless it is pairwise."""
    columns, arguments = case["columns"], case.get("arguments", {})
    frame = frames[0].rename(columns=lambda name: name.replace(" ", "."))
    frame = frame[[*columns["items"], *([group] if group else [])]].copy()
    reverse = re.match(r"(.*?) -> (\d+) -", arguments.get("reverse", ""))
    for name in reverse.group(1).split(", ") if reverse else []:
        frame[name] = int(reverse.group(2)) - frame[name]
    return frame if arguments.get("missing") == "pairwise" else frame.dropna()


def alpha_adapter(case, frames):
    items = item_frame(case, frames)
    if case.get("arguments", {}).get("missing") == "pairwise":
        found = consistency(pairwise_covariance(items.to_numpy(float)))
        return {
            "alpha_pairwise": found.alpha,
            "by_formula": found.alpha,
            "alpha_std": found.alpha_standardised,
            "average_r": found.mean_correlation,
        }
    found = alpha(items.to_numpy(float))
    parts = found.consistency
    numbers = {
        "n": found.n,
        "alpha": found.estimate,
        "alpha_std": parts.alpha_standardised,
        "lambda2": parts.lambda2,
        "lambda6": parts.lambda6,
        "average_r": parts.mean_correlation,
        "ase_psych": found.std_error,
        "feldt_low": found.conf_low,
        "feldt_high": found.conf_high,
        "sem_sum_score": found.std_error_measurement,
    }
    for name, rest, without in zip(items.columns, parts.item_rest, parts.without_item, strict=True):
        numbers |= {f"item_rest_{name}": rest, f"alpha_drop_{name}": without}
    return numbers


def split_half_adapter(case, frames):
    found = split_half(item_frame(case, frames).to_numpy(float))
    numbers = {"n": found.n, "splits": found.n_splits, "odd_even_r": found.correlation}
    numbers |= {"odd_even_spearman_brown": found.spearman_brown, "odd_even_guttman": found.guttman}
    names = [f"{kind}_{part}" for kind in ("guttman", "spearman_brown") for part in ("max", "min", "mean")]
    return numbers | {name: getattr(found, name) for name in names}


def icc_rater(case, frames):
    found = intraclass(frames[0].dropna().to_numpy(float))
    kinds = {"ICC1": found.one_way, "ICC2": found.agreement, "ICC3": found.consistency}
    kinds |= {
        "ICC1k": found.one_way_mean,
        "ICC2k": found.agreement_mean,
        "ICC3k": found.consistency_mean,
    }
    numbers = {"n": found.n, "raters": found.n_raters, "sem_agreement": found.std_error_agreement}
    for name, part in kinds.items():
        numbers |= {name: part.estimate, f"{name}_F": part.statistic}
        numbers |= {f"{name}_low": part.conf_low, f"{name}_high": part.conf_high}
    return numbers | {"ICC2_low_irr": found.agreement.conf_low, "ICC2_high_irr": found.agreement.conf_high}


def rci(case, frames):
    columns = case["columns"]
    scores = frames[0][[columns["pre"], columns["post"]]].dropna().to_numpy(float)
    found = reliable_change(scores[:, 0], scores[:, 1], case["arguments"]["rel"], cut=1.96)
    return {
        "n": found.n,
        "sem": found.std_error_measurement,
        "s_diff": found.std_error_difference,
        "mdc95": found.smallest_detectable,
        "rci_first": found.index[0],
        "rci_mean": found.index.mean(),
        "n_improved": found.n_improved,
        "n_worse": found.n_worse,
        "n_unchanged": found.n_unchanged,
        "reliability_of_difference": found.reliability_difference,
        "disattenuated_r": found.correlation_true,
        "r_pre_post": found.correlation,
    }


def kappa_adapter(case, frames):
    columns = case["columns"]
    table = frames[0][[columns["x"], columns["y"]]].dropna().to_numpy(float)
    kinds = {"kappa": "none", "quadratic": "quadratic", "linear": "linear"}
    found = {name: kappa(table[:, 0], table[:, 1], weights) for name, weights in kinds.items()}
    numbers = {f"se_{name}": part.std_error for name, part in found.items()}
    for name in ("kappa", "quadratic"):
        numbers |= {f"{name}_ci_low": found[name].conf_low, f"{name}_ci_high": found[name].conf_high}
    return numbers | {
        "n": found["kappa"].n,
        "categories": np.unique(table).size,
        "agreement": found["kappa"].agreement,
        "kappa": found["kappa"].estimate,
        "kappa_z_null": found["kappa"].statistic,
        "kappa_quadratic": found["quadratic"].estimate,
        "kappa_linear": found["linear"].estimate,
    }


def krippendorff(case, frames):
    ratings = frames[0][case["columns"]["raters"]].to_numpy(float)
    return {name: krippendorff_alpha(ratings, name) for name in ("nominal", "ordinal", "interval", "ratio")}


def fleiss(case, frames):
    counts = frames[0].apply(pd.Series.value_counts, axis=1).fillna(0).to_numpy()
    found = fleiss_kappa(counts)
    return {
        "subjects": found.n,
        "raters": counts[0].sum(),
        "fleiss_kappa": found.estimate,
        "z": found.statistic,
    }


ADAPTERS = {
    "alpha": alpha_adapter,
    "splithalf": split_half_adapter,
    "icc_rater": icc_rater,
    "rci": rci,
    "kappa": kappa_adapter,
    "krippendorff": krippendorff,
    "fleiss": fleiss,
}
