"""Items that work differently: the published worked examples of anxiety (R's lordif) and verbal aggression (difR)."""

from pathlib import Path

import pandas as pd
import pytest

from evaluation.measurement.dif import dif_mantel_haenszel, dif_ordinal

DATA = Path(__file__).parents[3] / "shared" / "data"


def read(folder, name):
    file = DATA / folder / name
    if not file.is_file():
        pytest.skip(f"the public data of {folder} are not on this machine")
    return pd.read_csv(file)


@pytest.fixture(scope="module")
def anxiety():
    return read("dif_lordif_anxiety", "Anxiety.csv")


def screened(table, group):
    items = table[[name for name in table if name.startswith("R")]]
    total = items.sum(axis=1)
    return {name: dif_ordinal(items[name], total - items[name], table[group]) for name in items}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("group", "flagged"),
    [
        ("age", ["R1", "R7", "R9", "R11", "R18", "R24"]),
        ("gender", ["R6", "R7", "R20"]),
        ("education", []),
    ],
)
def test_items_that_work_differently_in_anxiety(anxiety, group, flagged):
    assert len(anxiety) == 766
    found = screened(anxiety, group)
    assert [name for name, one in found.items() if one.p_total < 0.01] == flagged
    if group == "age":
        assert found["R24"].uniform == pytest.approx(12.207, abs=5e-4)
        assert found["R24"].total == pytest.approx(16.461, abs=5e-4)
        assert found["R1"].non_uniform == pytest.approx(11.313, abs=5e-4)


@pytest.mark.parametrize(
    ("item", "chi2", "p_value"),
    [
        ("S1wantCurse", 1.7076, 0.1913),
        ("S2WantShout", 9.6032, 0.0019),
        ("S2DoScold", 6.8395, 0.0089),
        ("S2DoCurse", 6.3029, 0.0121),
        ("S3DoCurse", 5.7817, 0.0162),
        ("S4WantShout", 4.1188, 0.0424),
        ("S3DoScold", 3.8880, 0.0486),
    ],
)
def test_items_that_work_differently_in_verbal_aggression(item, chi2, p_value):
    table = read("dif_verbal_aggression", "verbal.csv")
    total = table.drop(columns=["Anger", "Gender"]).sum(axis=1)
    found = dif_mantel_haenszel(table[item], total, table["Gender"])
    assert found.n == 316
    assert found.chi2 == pytest.approx(chi2, abs=6e-5)
    assert found.p_value == pytest.approx(p_value, abs=6e-5)
