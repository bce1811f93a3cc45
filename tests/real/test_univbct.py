"""495 soldiers in 43 companies, asked three times: the mixed models of R's nlme are reproduced."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from evaluation.stats.mixed_contrast import mixed_contrast
from evaluation.stats.mixed_model import RandomTerm, mixed_model

FILE = Path(__file__).parents[3] / "shared" / "data" / "univbct_army_companies" / "univbct.csv"
pytestmark = pytest.mark.skipif(
    not FILE.is_file(), reason="the public data of univbct_army_companies are not on this machine"
)


@pytest.fixture(scope="module")
def soldiers():
    return pd.read_csv(FILE).dropna(subset=["JSAT"])


def test_satisfaction_differs_as_much_between_people_as_within(soldiers):
    fit = mixed_model(soldiers["JSAT"], np.ones((len(soldiers), 1)), [RandomTerm(soldiers["SUBNUM"])])
    assert (float(fit.random[0][0, 0]), fit.residual_variance) == pytest.approx((0.4338, 0.4319), abs=5e-5)


def test_satisfaction_grows(soldiers):
    design = np.column_stack([np.ones(len(soldiers)), soldiers["TIME"]])
    fit = mixed_model(soldiers["JSAT"], design, [RandomTerm(soldiers["SUBNUM"])])
    found = mixed_contrast(fit, [0, 1], method="satterthwaite")
    assert (found.estimate, found.std_error) == pytest.approx((0.0518, 0.0217), abs=5e-5)
    assert found.statistic == pytest.approx(2.388, abs=5e-4)
    # nlme counts rows less people less one; Satterthwaite comes to nearly the same.
    assert found.df == pytest.approx(903, rel=0.02)


def test_people_in_companies_in_battalions(soldiers):
    company = soldiers["BTN"].astype(str) + " " + soldiers["COMPANY"].astype(str)
    groups = [RandomTerm(name) for name in (soldiers["SUBNUM"], company, soldiers["BTN"])]
    fit = mixed_model(soldiers["JSAT"], np.ones((len(soldiers), 1)), groups)
    person, of_company, battalion = (float(part[0, 0]) for part in fit.random)
    assert company.nunique() == 43
    assert (battalion, of_company, person, fit.residual_variance) == pytest.approx(
        (0.0, 0.0471, 0.3951, 0.4319), abs=5e-5
    )
