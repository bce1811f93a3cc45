"""Area 5: ordered answers, as if each hid a normal variable."""

import numpy as np
import pandas as pd

from evaluation.measurement.ordinal import ordinal_cfa, ordinal_invariance
from evaluation.measurement.ordinal_waves import ordinal_wave_invariance
from evaluation.measurement.polychoric import polychoric

from .reliability import item_frame
from .reliability_factors import KINDS, factors_of, loadings_of


def polychoric_adapter(case, frames):
    columns = case["columns"]
    table = frames[0].rename(columns=lambda name: name.replace(" ", "."))
    table = table[[columns["x"], columns["y"]]].dropna()
    counts = pd.crosstab(table.iloc[:, 0], table.iloc[:, 1]).to_numpy()
    found = polychoric(counts)
    numbers = {
        "n": found.n,
        "two_step": found.estimate,
        "logLik_two_step": found.log_likelihood,
        "ml": polychoric(counts, "ml").estimate,
        "pearson": np.corrcoef(table.to_numpy(float), rowvar=False)[0, 1],
    }
    numbers |= {f"row_threshold_{t + 1}": value for t, value in enumerate(found.row_thresholds)}
    return numbers | {f"col_threshold_{t + 1}": value for t, value in enumerate(found.column_thresholds)}


def wlsmv(case, frames):
    factors = factors_of(case)
    found = ordinal_cfa(item_frame(case, frames).to_numpy(float), list(factors.values()))
    plain, scaled = found.estimates.plain, found.estimates.scaled
    numbers = {
        "chisq": plain.chi2,
        "df": plain.df,
        "cfi": plain.cfi,
        "tli": plain.tli,
        "rmsea": plain.rmsea,
        "srmr": plain.srmr,
        "nobs": plain.n,
        "chisq_scaled": scaled.chi2,
        "df_scaled": scaled.df,
        "chisq_scaling_factor": found.estimates.scale,
        "cfi_scaled": scaled.cfi,
        "tli_scaled": scaled.tli,
        "rmsea_scaled": scaled.rmsea,
    }
    return numbers | loadings_of(found, factors, case["columns"]["items"])


def invariance_ordinal(case, frames):
    group = case["columns"]["group"]
    items = item_frame(case, frames)
    table = items.assign(**{group: frames[0].loc[items.index, group]}).dropna()
    parts = [rows.drop(columns=group).to_numpy(float) for _, rows in table.groupby(group, sort=False)]
    numbers = {"n": len(table)}
    for step in ordinal_invariance(parts):
        plain, scaled = step.estimates.plain, step.estimates.scaled
        numbers |= {f"{step.name}_chisq": plain.chi2, f"{step.name}_df": plain.df}
        numbers |= {f"{step.name}_chisq_scaled": scaled.chi2, f"{step.name}_cfi_scaled": scaled.cfi}
        numbers[f"{step.name}_rmsea_scaled"] = scaled.rmsea
    return numbers


def long_invariance_ordinal(case, frames):
    waves, suffix = case["arguments"]["waves"], case["arguments"]["suffix"]
    names = [[f"{item}{suffix}{wave}" for item in case["columns"]["items"]] for wave in waves]
    table = frames[0][[name for part in names for name in part]].dropna()
    found = ordinal_wave_invariance([table[part].to_numpy(float) for part in names])
    numbers = {"n": len(table)}
    for step in found.steps:
        plain, scaled = step.estimates.plain, step.estimates.scaled
        numbers |= {
            f"{step.name}_chisq": plain.chi2,
            f"{step.name}_df": plain.df,
            f"{step.name}_srmr": plain.srmr,
        }
        for name, field in {"chisq": "chi2", "pvalue": "p_value", "cfi": "cfi", "rmsea": "rmsea"}.items():
            numbers[f"{step.name}_{name}_scaled"] = getattr(scaled, field)
        if step.difference is not None:
            numbers |= {f"diff_{step.name}": step.difference.chi2, f"diff_df_{step.name}": step.difference.df}
            numbers[f"diff_p_{step.name}"] = step.difference.p_value
    for place, wave in enumerate(waves[1:]):
        mean, spread = found.metric[place]
        numbers |= {f"mean_{wave}": mean, f"spread_{wave}": spread, f"effect_{wave}": found.effect[place]}
        numbers[f"latent_change_{wave}"] = found.latent_difference[place]
        numbers[f"latent_se_{wave}"] = found.latent_std_error[place]
        numbers[f"latent_var_{wave}"] = found.steps[3].estimates.value(f"factor_{place + 1}")
        numbers |= {f"shift_{wave}_{i + 1}": value for i, value in enumerate(found.item_shift[place])}
    return numbers


KINDS["WLSMV"] = wlsmv

ADAPTERS = {
    "polychoric": polychoric_adapter,
    "tetrachoric": polychoric_adapter,
    "invariance_ordinal": invariance_ordinal,
    "long_invariance_ordinal": long_invariance_ordinal,
}
