"""The first page: numbers in order, planned and actual, and room for what only people can write."""

from dataclasses import replace

import pytest

from evaluation.chapters import overview


@pytest.fixture(scope="module")
def planned(halland_study):
    return overview.deviations(halland_study)


def test_statements_are_in_the_order_of_their_numbers(halland_study):
    ids = [row[0].partition(" ")[0] for row in overview.statements(halland_study).table("en").rows]
    assert ids == sorted(ids)
    assert set(ids) == {one.id for one in halland_study.indicators().values()}


def test_numbers_are_sorted_as_numbers():
    assert sorted(["A10", "A2", "A1b", "A1"], key=overview._in_order) == ["A1", "A1b", "A2", "A10"]


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_a_deviation_is_actual_minus_planned(planned, lang):
    table = planned.table(lang)
    for row, record in zip(table.rows, planned.result.records(), strict=True):
        if record["suppressed"]:
            assert row[1] != row[2]
            assert row[3] == "–"
        elif record["estimand"] == "attained_share":
            points = float(row[3].replace("−", "-").replace(",", "."))
            assert points == pytest.approx(100 * (record["estimate"] - record["target"]), abs=0.051)


def test_reasons_are_left_for_people(planned, halland_study):
    assert {row[-1] for row in planned.table("sv").rows} == {"…"}
    assert set(planned.table("sv").tones) == {""}
    assert {row[-1] for row in overview.unforeseen(halland_study).table("sv").rows} == {"…"}


def test_the_design_claims_no_effect(halland_study):
    said = str(overview.design(halland_study).findings("en")[0])
    assert "without a comparison group" in said
    assert "effect" not in said


def test_a_programme_that_is_measured_once_claims_no_change(halland_study):
    source = halland_study.project.sources["participants_before"]
    definition = halland_study.project.model_copy(update={"sources": {"participants_before": source}})
    loaded = halland_study.loaded.model_copy(update={"definition": definition})
    said = str(overview.design(replace(halland_study, loaded=loaded)).findings("en")[0])
    assert "measured once" in said


def test_a_programme_without_a_fund_says_so(coded_study):
    assert overview.common(coded_study).layout == "absent"
