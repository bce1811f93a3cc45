"""Area 6: what is certain in spite of missing answers."""

from evaluation.stats.proportion import newcombe, response_bounds


def manski(case, frames):
    roles, frame = case["columns"], frames[0]
    if (case["arguments"].get("lo", 0), case["arguments"].get("hi", 1)) != (0, 1):
        raise ValueError("bounds are offered for yes/no outcomes")
    answers, arm = frame[roles["y"]], frame[roles["arm"]]
    counts = {
        name: _counts(answers[rows]) for name, rows in {"all": arm == arm, 1: arm == 1, 0: arm == 0}.items()
    }
    everyone, one, zero = (response_bounds(*counts[name]) for name in ("all", 1, 0))
    return {
        "mean_low": everyone.bound_low,
        "mean_high": everyone.bound_high,
        "width": everyone.bound_high - everyone.bound_low,
        "arm1_low": one.bound_low,
        "arm1_high": one.bound_high,
        "arm0_low": zero.bound_low,
        "arm0_high": zero.bound_high,
        "diff_low": one.bound_low - zero.bound_high,
        "diff_high": one.bound_high - zero.bound_low,
        "complete_diff": newcombe(*counts[1][:2], *counts[0][:2]).estimate,
    }


def _counts(answers):
    return int(answers.sum()), int(answers.notna().sum()), len(answers)


ADAPTERS = {"manski": manski}
