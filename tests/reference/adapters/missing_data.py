"""Area 6: what is certain in spite of missing answers, and what can be said under assumptions."""

import numpy as np

from evaluation.stats.bounds import difference_bounds, lee_bounds, mean_bounds
from evaluation.stats.logistic import logistic_fit
from evaluation.stats.normal_influence import normal_means
from evaluation.stats.normal_missing import little_test, normal_estimate, normal_regression
from evaluation.stats.pooling import pool, pool_test
from evaluation.stats.response_weights import response_weights
from evaluation.stats.survey_mean import linearised_variance, survey_mean

from ..formula import model


def manski(case, frames):
    roles, frame = case["columns"], frames[0]
    ends = case["arguments"].get("lo", 0), case["arguments"].get("hi", 1)
    y, arm = frame[roles["y"]].to_numpy(dtype=float), frame[roles["arm"]].to_numpy()
    everyone, one, zero = (mean_bounds(y[rows], *ends) for rows in (arm == arm, arm == 1, arm == 0))
    difference = difference_bounds(y, arm, *ends)
    return {
        "mean_low": everyone.bound_low,
        "mean_high": everyone.bound_high,
        "width": everyone.bound_high - everyone.bound_low,
        "arm1_low": one.bound_low,
        "arm1_high": one.bound_high,
        "arm0_low": zero.bound_low,
        "arm0_high": zero.bound_high,
        "diff_low": difference.bound_low,
        "diff_high": difference.bound_high,
        "complete_diff": difference.estimate,
    }


def lee(case, frames):
    roles, frame = case["columns"], frames[0]
    y, arm = frame[roles["y"]].to_numpy(dtype=float), frame[roles["arm"]].to_numpy()
    found, whole = lee_bounds(y, arm), lee_bounds(y, arm, fractional=False)
    return {
        "share_observed_1": found.share_observed,
        "share_observed_0": found.share_observed_reference,
        "trim_share": found.trim_share,
        "trimmed_arm": {"arm": 1, "reference": 0}[found.trimmed],
        "naive": found.estimate,
        "lower_fractional": found.bound_low,
        "upper_fractional": found.bound_high,
        "trim_count_floor": whole.n_trimmed,
        "lower_count": whole.bound_low,
        "upper_count": whole.bound_high,
    }


def little(case, frames):
    names = case["columns"]["vars"]
    values = frames[0][names].to_numpy(dtype=float)
    test, found = little_test(values), normal_estimate(values)
    return {
        "n": test.n,
        "patterns": test.n_patterns,
        "chi2": test.statistic,
        "df": test.df,
        "p": test.p_value,
        **{f"em_mean_{name}": mean for name, mean in zip(names, found.mean, strict=True)},
        **{f"em_var_{name}": value for name, value in zip(names, np.diag(found.covariance), strict=True)},
        "em_cov_12": found.covariance[0, 1],
    }


def fiml(case, frames):
    outcome, right = (side.strip() for side in case["arguments"]["m"].split("~"))
    names = [name.strip() for name in right.split("+")]
    found = normal_regression(*(frames[0][part].to_numpy(dtype=float) for part in (outcome, names)))
    means = zip(names, found.predictor_mean, strict=True)
    return {
        "n": found.n,
        "logLik": found.log_likelihood,
        **{f"b_{name}": b for name, b in zip(names, found.coefficients, strict=True)},
        **{f"se_{name}": error for name, error in zip(names, found.std_error, strict=True)},
        f"mean_or_intercept_{outcome}": found.intercept,
        **{f"mean_or_intercept_{name}": mean for name, mean in means},
        "resid_var": found.residual_variance,
    }


def waves_likelihood(case, frames):
    roles = case["columns"]
    values = frames[0][roles["waves"]].to_numpy(dtype=float)
    known = ~np.isnan(values).all(axis=1)
    numbers = np.unique(frames[0][roles["cluster"]][known], return_inverse=True)[1]
    found = normal_means(values[known])
    steps = {"12": (0, 1), "23": (1, 2), "13": (0, 2)}
    moved = {
        name: found.influence[:, later] - found.influence[:, first] for name, (first, later) in steps.items()
    }
    return {
        "n": int(known.sum()),
        **{f"mean_{place + 1}": mean for place, mean in enumerate(found.mean)},
        **{f"step_{name}": found.mean[later] - found.mean[first] for name, (first, later) in steps.items()},
        **{
            f"se_step_{name}": np.sqrt(linearised_variance(own / own.size, numbers, numbers.max() + 1))
            for name, own in moved.items()
        },
    }


def ipw(case, frames):
    roles = case["columns"]
    predictors = [roles["x1"], "hours", "female", "foreign"]
    frame = frames[0].dropna(subset=predictors)
    responded = frame[roles["y"]].notna().to_numpy(dtype=float)
    design = np.column_stack([np.ones(len(frame)), frame[predictors].to_numpy(dtype=float)])
    fit = logistic_fit(responded, design)
    weights = response_weights(responded, fit.probability)
    stable = response_weights(responded, fit.probability, stabilised=True)
    seen = responded == 1
    y, w = frame[roles["y"]].to_numpy(dtype=float)[seen], weights.weights[seen]
    clustered = survey_mean(y, weights=w, cluster=frame[roles["cluster"]].to_numpy()[seen])
    names = ["Intercept", *predictors]
    return {
        "n": fit.n,
        "responded": fit.k,
        "mean_complete": survey_mean(y).estimate,
        "mean_ipw": clustered.estimate,
        "se_ipw_iid": survey_mean(y, weights=w).std_error,
        "se_ipw_cluster": clustered.std_error,
        "weight_min": w.min(),
        "weight_max": w.max(),
        "weight_sum": w.sum(),
        "stabilised_mean": stable.weights[seen].mean(),
        "kish_deff": weights.design_effect,
        "lr_chi2": fit.statistic,
        "lr_p": fit.p_value,
        **{f"b_{name}": b for name, b in zip(names, fit.coefficients, strict=True)},
        **{f"se_{name}": error for name, error in zip(names, fit.std_error, strict=True)},
    }


def rubin_scalar(case, _frames):
    q, u, n, k = (case["arguments"][key] for key in ("Q", "U", "n", "k"))
    found, large = pool(q, u, n - k), pool(q, u)
    return {
        "qbar": found.estimate,
        "ubar": found.within,
        "b": found.between,
        "t": found.total,
        "df_barnard_rubin": found.df,
        "df_rubin_1987": found.df_infinite,
        "riv": found.increase,
        "fmi": found.missing_information,
        "fmi_infinite": large.missing_information,
        "se": found.std_error,
    }


POOLED = {
    "estimate": "estimate",
    "ubar": "within",
    "b": "between",
    "t": "total",
    "df": "df",
    "riv": "increase",
    "lambda": "missing_share",
    "fmi": "missing_information",
    "se": "std_error",
    "p": "p_value",
    "ci_low": "conf_low",
    "ci_high": "conf_high",
}


def rubin(case, frames):
    models = [model(case["arguments"]["formula"], frame) for frame in frames]
    estimates, covariances = zip(*(_least_squares(each) for each in models), strict=True)
    df = models[0].columns.shape[0] - models[0].columns.shape[1]
    names = models[0].names
    found = pool(estimates, [np.diag(covariance) for covariance in covariances], df)
    test = pool_test(np.array(estimates)[:, 1:], np.array(covariances)[:, 1:, 1:], df)
    numbers = {
        f"{short}_{name}": getattr(found, full)[i]
        for short, full in POOLED.items()
        for i, name in enumerate(names)
    }
    return {
        "m": found.n_tables,
        "dfcom": df,
        **numbers,
        "D1_F": test.statistic,
        "D1_df1": test.df,
        "D1_df2": test.df_residual,
        "D1_p": test.p_value,
        "D1_riv": test.increase,
    }


def _least_squares(fitted):
    """Coefficients and covariance of one table: the input of pooling, not what is compared."""
    x, y = fitted.columns, fitted.outcome
    inverse = np.linalg.inv(x.T @ x)
    b = inverse @ x.T @ y
    return b, inverse * np.sum((y - x @ b) ** 2) / (len(y) - len(b))


ADAPTERS = {
    "manski": manski,
    "lee": lee,
    "little": little,
    "fiml": fiml,
    "waves_likelihood": waves_likelihood,
    "ipw": ipw,
    "rubin_scalar": rubin_scalar,
    "rubin": rubin,
}
