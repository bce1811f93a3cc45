"""Area 5: item response models, and items that work differently in two groups."""

import numpy as np

from evaluation.measurement.dif import dif_mantel_haenszel, dif_ordinal, dif_screen
from evaluation.measurement.graded import graded_response

from .reliability import item_frame


def grm(case, frames):
    items = item_frame(case, frames)
    found = graded_response(items.to_numpy(float))
    numbers = {
        "n": found.n,
        "logLik": found.log_likelihood,
        "marginal_reliability_empirical": found.reliability,
    }
    numbers |= {f"eap_person_{i + 1}": found.score[i] for i in range(3)}
    for name, slope, cut in zip(items.columns, found.discrimination, found.difficulty, strict=True):
        numbers |= {f"a_{name}": slope, f"b_{name}": cut[0]}
        numbers |= {f"b{c + 1}_{name}": value for c, value in enumerate(cut)}
    return numbers


def dif_ordinal_adapter(case, frames):
    columns = case["columns"]
    items = item_frame(case, frames, columns["group"])
    names = columns["items"]
    found = dif_ordinal(items[columns["item"]], items[names].sum(axis=1), items[columns["group"]])
    return {
        "n": found.n,
        "chi12_uniform": found.uniform,
        "chi23_nonuniform": found.non_uniform,
        "chi13_total": found.total,
        "p12": found.p_uniform,
        "p23": found.p_non_uniform,
        "p13": found.p_total,
        "mcfadden_r2_12": found.mcfadden_uniform,
        "mcfadden_r2_13": found.mcfadden_total,
        "nagelkerke_r2_12": found.nagelkerke_uniform,
        "nagelkerke_r2_13": found.nagelkerke_total,
        "beta_change_12": found.slope_change,
        "b_group": found.group_slope,
    }


def dif_mh(case, frames):
    table = frames[0]
    items, group = table.iloc[:, :24], table[case["columns"]["group"]]
    total, numbers = items.sum(axis=1), {"n": len(table)}
    for place in (0, 13):
        name = items.columns[place]
        found = dif_mantel_haenszel(items[name], total, group)
        numbers |= {f"mh_chi2_{name}": found.chi2, f"alpha_mh_{name}": found.odds_ratio}
        numbers[f"delta_mh_{name}"] = found.delta
        numbers[f"logistic_chi2_{name}"] = dif_ordinal(items[name], total, group).total
    return numbers


def lordif(case, frames):
    names = [f"R{i}" for i in range(1, 30)]
    group = frames[0][case["columns"]["group"]].to_numpy()
    found = dif_screen(frames[0][names].to_numpy(float), np.searchsorted(np.unique(group), group))
    numbers = {"n": len(group), "iterations": found.rounds, "n_flagged": found.flagged.sum()}
    for name, item, flag in zip(names, found.items, found.flagged, strict=True):
        numbers |= {f"flag_{name}": float(flag), f"mcfadden12_{name}": item.mcfadden_uniform}
        numbers[f"mcfadden13_{name}"] = item.mcfadden_total
    return numbers


ADAPTERS = {
    "grm": grm,
    "irt2pl": grm,
    "dif_ordinal": dif_ordinal_adapter,
    "dif_mh": dif_mh,
    "lordif": lordif,
}
