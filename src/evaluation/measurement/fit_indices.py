"""How far a factor model is from the data: the usual indices of fit."""

from dataclasses import dataclass

import numpy as np
from scipy import special

from evaluation.measurement.items import Matrix
from evaluation.stats.root import bisect


@dataclass(frozen=True, slots=True)
class Fit:
    """Distance between a factor model and the data.

    Attributes
    ----------
    chi2, df, p_value
        Test of exact fit.
    baseline_chi2, baseline_df
        The same for a model in which items are unrelated.
    cfi, tli
        Comparative fit and Tucker-Lewis index; `cfi` lies within 0 and 1.
    rmsea, rmsea_low, rmsea_high
        Root mean square error of approximation with 90 per cent limits.
    srmr
        Standardised root mean square residual.
    n
        People.
    """

    chi2: float
    df: float
    p_value: float
    baseline_chi2: float
    baseline_df: float
    cfi: float
    tli: float
    rmsea: float
    rmsea_low: float
    rmsea_high: float
    srmr: float
    n: int


def fit_indices(
    chi2: float, df: float, baseline: tuple[float, float], n: int, srmr: float, groups: int = 1
) -> Fit:
    """How far a factor model is from the data, from its chi-square and that of unrelated items.

    Parameters
    ----------
    chi2, df
        Of the model.
    baseline
        Chi-square and degrees of freedom of unrelated items.
    n
        People in all groups.
    srmr
        Standardised root mean square residual.
    groups
        Groups.

    Returns
    -------
    Fit
        `rmsea` is NaN without degrees of freedom.

    Notes
    -----
    cfi = 1 - (chi2 - df) / (chi2_b - df_b), differences not below 0; rmsea = sqrt(groups max(chi2 - df, 0)
    / (n df)); its limits invert the noncentral chi-square. Usual cut-offs (.95, .06, .08) come from models
    of continuous items in large samples: with few people or short scales they reject good models.

    References
    ----------
    bentler1990, tucker1973, steiger1990, hu1999

    Examples
    --------
    >>> round(fit_indices(85.306, 24, (918.852, 36), 301, 0.065).cfi, 3)
    0.931
    """
    excess, base_excess = max(chi2 - df, 0.0), max(baseline[0] - baseline[1], chi2 - df, 0.0)
    ratio, base_ratio = (chi2 / df if df > 0 else float("nan")), baseline[0] / baseline[1]
    low, high = _noncentrality(chi2, df) if df > 0 else (float("nan"), float("nan"))
    unit = groups / (n * df) if df > 0 else float("nan")
    return Fit(
        chi2=float(chi2),
        df=float(df),
        p_value=float(special.chdtrc(df, chi2)) if df > 0 else float("nan"),
        baseline_chi2=float(baseline[0]),
        baseline_df=float(baseline[1]),
        cfi=float(1 - excess / base_excess) if base_excess > 0 else 1.0,
        tli=float((base_ratio - ratio) / (base_ratio - 1)) if df > 0 else 1.0,
        rmsea=float(np.sqrt(unit * excess)),
        rmsea_low=float(np.sqrt(unit * low)),
        rmsea_high=float(np.sqrt(unit * high)),
        srmr=float(srmr),
        n=int(n),
    )


def _noncentrality(chi2: float, df: float) -> tuple[float, float]:
    """Return the noncentralities at which the statistic has tails of 5 per cent."""
    most = chi2 + 10 * np.sqrt(chi2 + df) + 40

    def limit(share: float) -> float:
        if special.chdtr(df, chi2) < share:
            return 0.0
        return float(bisect(lambda trial: special.chndtr(chi2, df, trial) > share, 0.0, most))

    return limit(0.95), limit(0.05)


def root_mean_residual(
    sample: Matrix, implied: Matrix, mean: Matrix | None = None, implied_mean: Matrix | None = None
) -> float:
    """Standardised root mean square residual of one group.

    Parameters
    ----------
    sample, implied
        Covariances found and implied, shape (p, p).
    mean, implied_mean
        Means found and implied, shape (p,); None if means are not modelled.

    Returns
    -------
    float
        Residuals are divided by the standard deviations found.

    Examples
    --------
    >>> root_mean_residual(np.eye(2), np.eye(2))
    0.0
    """
    spread = np.sqrt(np.diag(sample))
    residual = ((sample - implied) / np.outer(spread, spread))[np.tril_indices(len(sample))]
    if mean is not None and implied_mean is not None:
        residual = np.concatenate([residual, (mean - implied_mean) / spread])
    return float(np.sqrt(np.mean(residual**2)))
