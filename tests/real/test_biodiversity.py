"""The published results of a programme for university teachers are reproduced from its raw files."""

import pandas as pd
import pytest
from scipy import stats

from evaluation.data.read import read_export
from evaluation.data.respondents import keep_rows

PUBLISHED = "published_pre-post-results.csv"


@pytest.fixture(scope="module")
def programme(real):
    return real("biodiversity")


@pytest.fixture(scope="module")
def published(programme):
    project, _ = programme
    return pd.read_csv(project.raw_folder / PUBLISHED).set_index("question_id")


def pairs(tables, item):
    rows = tables.answers[tables.answers["item"] == item]
    wide = rows.pivot_table(index="person", columns="wave", values="value", observed=True)
    return wide.dropna()


def test_39_people_took_part(programme):
    _, tables = programme
    assert len(tables.people) == 39
    assert not tables.people["registered"].any()


def test_every_published_question_has_an_indicator(programme, published):
    project, _ = programme
    indicators = project.definition.indicators
    assert [indicator.id for indicator in indicators.values()] == published.index.tolist()
    assert [indicator.measure.item for indicator in indicators.values()] == [
        key.lower() for key in published.index
    ]
    assert {indicator.rule.kind for indicator in indicators.values()} == {"change"}


def test_all_26_paired_tests_are_reproduced(programme, published):
    _, tables = programme
    for key, row in published.iterrows():
        wide = pairs(tables, key.lower())
        test = stats.ttest_rel(wide["before"], wide["after"])
        assert len(wide) == row["df"] + 1
        # The published numbers have 15 digits; the rest is rounding in their last one.
        assert test.statistic == pytest.approx(row["t"], rel=1e-12)
        assert test.df == row["df"]
        assert test.pvalue == pytest.approx(row["p"], rel=1e-10)
        assert wide["before"].mean() == pytest.approx(row["mean_pre"], rel=1e-12)
        assert wide["after"].mean() == pytest.approx(row["mean_post"], rel=1e-12)


def test_later_participations_are_accounted_for(programme):
    _, tables = programme
    found = {
        (row.source, row.wave): (row.read, row.kept, dict(row.dropped)) for row in tables.manifest.accounting
    }
    for wave in ("before", "after"):
        assert found["pedagogy", wave] == (40, 31, {"duplicate": 9})
        assert found["data_science", wave] == (35, 31, {"duplicate": 4})


def test_every_question_has_its_words_in_both_languages(programme):
    project, _ = programme
    for entry in project.codebook:
        assert set(entry.text) == set(entry.label) == {"sv", "en"}
    for lang in ("sv", "en"):
        labels = [project.codebook.of_item(item).label[lang] for item in project.codebook.items]
        assert len(set(labels)) == len(labels) == 26


def test_term_and_code_can_be_joined_to_one_identifier(programme):
    project, _ = programme
    source = project.definition.sources["pedagogy"].model_copy(
        update={"columns": {"person": ("Term", "Participant Code")}, "duplicates": "error"}
    )
    kept = keep_rows(read_export(project.raw_folder / source.file, source), source)
    assert (kept.read, len(kept.export.frame), kept.problems) == (40, 40, ())
