"""Area 2: models for yes-or-no and ordered answers."""

import numpy as np
from scipy import special

from evaluation.stats.conditional_logit import conditional_logit
from evaluation.stats.ordinal_logit import cumulative_logit
from evaluation.stats.random_intercept_logit import random_intercept_logit

from ..formula import model


def _thresholds(fit):
    return {f"theta{place}": value for place, value in enumerate(fit.thresholds, start=1)}


def _without_ones(formula, frame):
    """Outcome and columns; an ordinal model has thresholds in place of the column of ones."""
    found = model(formula, frame)
    return found.frame, found.outcome, found.columns[:, 1:], found.names[1:]


def clm(case, frames):
    return (_clm_terms if "x" in case["columns"] else _clm_shift)(case, frames)


def _clm_terms(case, frames):
    roles = case["columns"]
    terms = [term.strip() for term in roles["x"].split(",")]
    _, y, x, _ = _without_ones(f"{roles['outcome']} ~ {' + '.join(terms)}", frames[0])
    fit = cumulative_logit(y, x)
    numbers = _thresholds(fit) | {"se_theta1": fit.threshold_errors[0], "logLik": fit.log_likelihood}
    for place, term in enumerate(terms):
        others = np.delete(x, place, axis=1)
        free = cumulative_logit(y, others, x[:, [place]])
        z = fit.coefficients[place] / fit.std_error[place]
        numbers |= {
            f"b_{term}": fit.coefficients[place],
            f"se_{term}": fit.std_error[place],
            f"or_{term}": np.exp(fit.coefficients[place]),
            f"z_{term}": z,
            f"p_{term}": 2 * special.ndtr(-abs(z)),
            f"lr_{term}": 2 * (fit.log_likelihood - cumulative_logit(y, others).log_likelihood),
            f"lr_nominal_{term}": 2 * (free.log_likelihood - fit.log_likelihood),
        }
    return numbers


def _clm_shift(case, frames):
    roles = case["columns"]
    _, y, x, names = _without_ones(f"{roles['post']} ~ arm + {roles['pre']} + female", frames[0])
    fit = cumulative_logit(y, x)
    b, error = (dict(zip(names, values, strict=True)) for values in (fit.coefficients, fit.std_error))
    z, far = b["arm"] / error["arm"], special.ndtri(0.975) * error["arm"]
    return _thresholds(fit) | {
        "n": fit.n,
        "b_arm": b["arm"],
        "se_arm": error["arm"],
        "z_arm": z,
        "p_arm": 2 * special.ndtr(-abs(z)),
        "exp_b_arm": np.exp(b["arm"]),
        "exp_ci_low": np.exp(b["arm"] - far),
        "exp_ci_high": np.exp(b["arm"] + far),
        "b_pre": b[roles["pre"]],
        "b_female": b["female"],
        "logLik": fit.log_likelihood,
        "AIC": 2 * (x.shape[1] + fit.thresholds.size) - 2 * fit.log_likelihood,
    }


def clmm(case, frames):
    roles, arguments = case["columns"], case["arguments"]
    before = roles["y"].replace("_w2", "_w1")
    formula = arguments.get("formula", f"y ~ arm + {before} + (1 | g)").replace(" + (1 | g)", "")
    rows, y, x, names = _without_ones(formula.replace("y ~", f"{roles['y']} ~"), frames[0])
    fit = random_intercept_logit(y, x, rows[roles["cluster"]].to_numpy(), nodes=arguments.get("nAGQ", 1))
    numbers = _thresholds(fit) | {"n": fit.n, "sd_random": fit.std_between, "logLik": fit.log_likelihood}
    for name, b, error in zip(names, fit.coefficients, fit.std_error, strict=True):
        short = name if "formula" in arguments else name.replace(before, "pre")
        numbers |= {f"b_{short}": b, f"se_{short}": error}
    return numbers


def glmm_logit(case, frames):
    arguments = case["arguments"]
    formula = arguments["formula"].replace(" + (1 | g)", "")
    rows, y, x, names = _without_ones(formula, frames[0])
    fit = random_intercept_logit(y, x, rows[case["columns"]["cluster"]].to_numpy(), nodes=arguments["nAGQ"])
    numbers = {
        "n": fit.n,
        "sd_random": fit.std_between,
        "b_Intercept": -fit.thresholds[0],
        "se_Intercept": fit.threshold_errors[0],
    }
    for name, b, error in zip(names, fit.coefficients, fit.std_error, strict=True):
        numbers |= {f"b_{name}": b, f"se_{name}": error}
    return numbers


def clogit(case, frames):
    roles, arguments = case["columns"], case["arguments"]
    rows = frames[0][frames[0]["wave"].isin([arguments["w1"], arguments["w2"]])]
    rows = rows.dropna(subset=[roles["outcome"]])
    post = (rows["wave"] == arguments["w2"]).to_numpy(dtype=float)
    x = np.column_stack([post, post * rows[roles["mod"]]])
    fit = conditional_logit(rows[roles["outcome"]], x, rows[roles["id"]].to_numpy())
    return {
        "n_rows": fit.n,
        "b_post": fit.coefficients[0],
        "se_post": fit.std_error[0],
        "b_interaction": fit.coefficients[1],
        "se_interaction": fit.std_error[1],
        "logLik": fit.log_likelihood,
    }


ADAPTERS = {"clm": clm, "clmm": clmm, "glmm_logit": glmm_logit, "clogit": clogit}
