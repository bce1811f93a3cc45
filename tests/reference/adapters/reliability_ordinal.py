"""Area 5: ordered answers, as if each hid a normal variable."""

import numpy as np
import pandas as pd

from evaluation.measurement.ordinal import ordinal_cfa, ordinal_invariance
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


KINDS["WLSMV"] = wlsmv

ADAPTERS = {
    "polychoric": polychoric_adapter,
    "tetrachoric": polychoric_adapter,
    "invariance_ordinal": invariance_ordinal,
}
