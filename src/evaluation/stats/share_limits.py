"""Limits of a share from its standard error and degrees of freedom, on six scales."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from scipy import special

from evaluation.stats.checks import level, pick
from evaluation.stats.root import bisect
from evaluation.stats.student import t_p_value
from evaluation.stats.survey_mean import SurveyMean
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg, pmsg

Limits = tuple[float, float]


@dataclass(frozen=True, slots=True)
class DesignInterval:
    """A share with an interval that knows how people were drawn.

    Attributes
    ----------
    estimate, std_error
        Share, and its standard error.
    conf_low, conf_high, conf_level
        Limits of the share, and confidence; NaN where all answers are alike.
    df
        Degrees of freedom.
    n, n_clusters
        Answers, and clusters they come from.
    """

    estimate: float
    std_error: float
    conf_low: float
    conf_high: float
    conf_level: float
    df: float
    n: int
    n_clusters: int


def _mean(share, error, df, _n, tail) -> Limits:
    margin = -special.stdtrit(df, tail) * error
    return share - margin, share + margin


def _logit(share, error, df, n, tail) -> Limits:
    low, high = _mean(special.logit(share), error / (share * (1 - share)), df, n, tail)
    return special.expit(low), special.expit(high)


def _arcsine(share, error, df, n, tail) -> Limits:
    slope = 2 * np.sqrt(share * (1 - share))
    low, high = _mean(np.arcsin(np.sqrt(share)), error / slope, df, n, tail)
    return np.sin(np.clip(low, 0, np.pi / 2)) ** 2, np.sin(np.clip(high, 0, np.pi / 2)) ** 2


def _beta(share, error, df, n, tail) -> Limits:
    ratio = special.stdtrit(n - 1, tail) / special.stdtrit(df, tail)
    effective = share * (1 - share) / error**2 * ratio**2
    positive, negative = effective * share, effective * (1 - share)
    return (
        special.betaincinv(positive, negative + 1, tail),
        special.betainccinv(positive + 1, negative, tail),
    )


def _likelihood(share, error, df, _n, tail) -> Limits:
    effective, wanted = share * (1 - share) / error**2, special.stdtrit(df, tail) ** 2

    def outside(trial):
        gain = special.rel_entr(share, trial) + special.rel_entr(1 - share, 1 - trial)
        return 2 * effective * gain > wanted

    low = bisect(outside, 0.0, share)
    high = bisect(lambda trial: ~outside(trial), share, 1.0)
    return low, high


SCALES: Mapping[str, Callable[..., Limits]] = {
    "logit": _logit,
    "korn_graubard": _beta,
    "likelihood": _likelihood,
    "arcsine": _arcsine,
    "mean": _mean,
}


def share_limits(
    share: float, std_error: float, df: float, n: int, conf_level: float = 0.95, method: str = "logit"
) -> tuple[float, float]:
    """Limits of a share whose standard error is known, for example from few organisations.

    Parameters
    ----------
    share
        The estimate, between 0 and 1.
    std_error
        Its standard error.
    df
        Degrees of freedom of the standard error.
    n
        Answers.
    conf_level
        Confidence, between 0 and 1.
    method
        "logit", "korn_graubard" (beta quantiles of the effective number of answers),
        "likelihood", "arcsine" or "mean".

    Returns
    -------
    tuple of float
        Lower and upper limit; NaN where the share is 0 or 1, or the standard error is 0 or NaN.

    Notes
    -----
    logit: t limits of log(p / (1 - p)) with standard error s / (p (1 - p)). korn_graubard: with
    n* = p (1 - p) / s^2 (t(n - 1) / t(df))^2 the beta quantiles of `clopper_pearson` at n* p of n*.
    likelihood: the shares q with 2 p (1 - p) / s^2 D(p, q) <= t(df)^2, D the divergence of
    Kullback and Leibler. If every answer is alike nothing is known of the spread between
    organisations; as a worst case use `clopper_pearson` with the number of organisations.

    References
    ----------
    korn1998, rao1984, lumley2010

    Examples
    --------
    >>> [round(limit, 3) for limit in share_limits(0.7, 0.05, 20, 90)]
    [0.587, 0.793]
    """
    limits = pick(SCALES, method, pmsg("argument", "interval of a share"))
    tail = (1 - level(conf_level)) / 2
    if not (0 < share < 1 and std_error > 0 and df > 0):
        return float("nan"), float("nan")
    low, high = limits(share, std_error, df, n, tail)
    return float(low), float(high)


def survey_interval(found: SurveyMean, conf_level: float = 0.95, method: str = "logit") -> DesignInterval:
    """Share of everyone a sample was drawn from, with its interval.

    Parameters
    ----------
    found
        From `survey_mean`, of values 0 and 1.
    conf_level
        Confidence, between 0 and 1.
    method
        As in `share_limits`.

    Returns
    -------
    DesignInterval
        If all clusters were drawn the standard error is 0 and both limits equal the estimate.

    Notes
    -----
    `share_limits` with clusters less one as degrees of freedom; under "likelihood" the standard
    error is multiplied by sqrt(n / (n - 1)), the dispersion of 0 and 1 answers. For some thirty
    unequal organisations use `cluster_share`, whose degrees of freedom are fewer.

    References
    ----------
    korn1998, lumley2010

    Examples
    --------
    >>> from evaluation.stats.survey_mean import survey_mean
    >>> sample = survey_mean([1, 1, 0, 1, 0, 0], cluster=["a", "a", "b", "b", "c", "c"])
    >>> round(survey_interval(sample).conf_low, 3)
    0.007
    """
    error = found.std_error * (np.sqrt(found.n / (found.n - 1)) if method == "likelihood" else 1.0)
    low, high = share_limits(found.estimate, error, found.df, found.n, conf_level, method)
    if found.std_error == 0 and 0 < found.estimate < 1:
        low = high = found.estimate
    return DesignInterval(
        estimate=found.estimate,
        std_error=found.std_error,
        conf_low=low,
        conf_high=high,
        conf_level=float(conf_level),
        df=found.df,
        n=found.n,
        n_clusters=found.n_clusters,
    )


def share_test(
    share: float, std_error: float, df: float, target: float, alternative: str = "greater"
) -> tuple[float, float]:
    """How surprising a share is if the true share were the target.

    Parameters
    ----------
    share
        The estimate.
    std_error
        Its standard error.
    df
        Degrees of freedom of the standard error.
    target
        The share to compare with, between 0 and 1.
    alternative
        "greater" (the target is exceeded), "less" or "two_sided".

    Returns
    -------
    tuple of float
        t statistic and p-value; NaN where the standard error is 0.

    Notes
    -----
    t = (share - target) / standard error. A target of a programme whose people all answered is
    counted, not tested.

    References
    ----------
    lumley2010

    Examples
    --------
    >>> [round(number, 4) for number in share_test(0.8, 0.05, 20, 0.7)]
    [2.0, 0.0296]
    """
    if not 0 <= target <= 1:
        raise EstimationError(
            msg("A target must lie between 0 and 1; found {found}.", found=str(target)),
            do=msg("Write 70 of 100 as 0.70."),
        )
    statistic = (share - target) / std_error if std_error > 0 else float("nan")
    return float(statistic), t_p_value(statistic, df, alternative)
