"""Area 3: mixed models and generalised estimating equations."""

import re

import numpy as np
from scipy import special

from evaluation.stats.cluster import cluster_covariance, contrast
from evaluation.stats.gee import gee
from evaluation.stats.mixed_contrast import mixed_contrast
from evaluation.stats.mixed_model import RandomTerm, mixed_model

from ..formula import evaluate, model


def _rows(case, frames):
    """The table with the columns that R makes before it fits."""
    frame = frames[0].copy()
    text = case["r_call"]
    for name, later, earlier in re.findall(r"d\$(\w+) <- d\$(\w+) - d\$(\w+)", text):
        frame[name] = frame[later] - frame[earlier]
    for name, source in re.findall(r"d\$(\w+) <- factor\(d\$(\w+)\)", text):
        frame[name] = frame[source].map(str)
    return frame


def lmm(case, frames):
    formula = case["arguments"]["formula"]
    terms = re.findall(r"\((\w+) \| (\w+)\)", formula)
    found = model(re.sub(r" \+ \(\w+ \| \w+\)", "", formula), _rows(case, frames))
    random = []
    for inside, group in terms:
        own = [np.ones(len(found.outcome))] + ([] if inside == "1" else [found.frame[inside].to_numpy()])
        random.append(RandomTerm(found.frame[group].to_numpy(), np.column_stack(own)))
    fit = mixed_model(found.outcome, found.columns, random)
    numbers = {"n": fit.n, "reml_logLik": fit.log_likelihood, "sigma2": fit.residual_variance}
    for (inside, group), spread in zip(terms, fit.random, strict=True):
        names = ["Intercept"] + ([] if inside == "1" else [inside])
        numbers |= {f"vc_{group}_{name}": spread[i, i] for i, name in enumerate(names)}
        if len(names) > 1:
            numbers[f"vc_{group}_{'_'.join(names)}"] = spread[0, 1]
    kinds = {"satt": "satterthwaite"} | ({"kr": "kenward_roger"} if case["arguments"]["kr"] else {})
    for name, weights in zip(found.names, np.eye(len(found.names)), strict=True):
        for short, kind in kinds.items():
            test = mixed_contrast(fit, weights, method=kind)
            error = f"se_{name}" if short == "satt" else f"se_kr_{name}"
            numbers |= {
                error: test.std_error,
                f"df_{short}_{name}": test.df,
                f"p_{short}_{name}": test.p_value,
            }
        numbers[f"b_{name}"] = test.estimate
    return numbers


def _gee(case, frames, moments):
    arguments = case["arguments"]
    frame = _rows(case, frames)
    if "y" in arguments:
        frame = frame.assign(y=evaluate(case["columns"]["outcome"], frame))
    found = model(arguments["formula"], frame)
    cluster = found.frame[case["columns"]["cluster"]].to_numpy()
    fitted = gee(found.outcome, found.columns, cluster, family=arguments["family"], moments=moments)
    numbers = {
        "n": fitted.fit.n,
        "clusters": fitted.fit.n_clusters,
        "alpha": fitted.correlation,
        "phi": fitted.scale,
    }
    numbers |= {f"b_{name}": b for name, b in zip(found.names, fitted.fit.coefficients, strict=True)}
    return found.names, fitted.fit, numbers


def gee_adapter(case, frames):
    names, fit, numbers = _gee(case, frames, "plain")
    for name, weights in zip(names, np.eye(len(names)), strict=True):
        test = contrast(fit, weights, covariance="CR0")
        wald = test.statistic**2
        numbers |= {
            f"se_robust_{name}": test.std_error,
            f"wald_{name}": wald,
            f"p_{name}": special.chdtrc(1, wald),
        }
    return numbers


def gee_md(case, frames):
    names, fit, numbers = _gee(case, frames, "corrected")
    naive = np.sqrt(np.diag(fit.root @ fit.root.T))
    numbers |= {f"se_naive_{name}": error for name, error in zip(names, naive, strict=True)}
    kinds = {"robust": "CR0", "mancl_derouen": "CR3", "kauermann_carroll": "CR2"}
    for label, kind in kinds.items():
        errors = np.sqrt(np.diag(cluster_covariance(fit, kind)))
        numbers |= {f"se_{label}_{name}": error for name, error in zip(names, errors, strict=True)}
    return numbers


ADAPTERS = {"lmm": lmm, "gee": gee_adapter, "gee_md": gee_md}
