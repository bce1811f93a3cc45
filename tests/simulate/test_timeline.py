from datetime import date

import pytest

from evaluation.project.model import Project
from evaluation.simulate.timeline import baseline_waves, first_day, last_day, occasion_of, occasions, wave_day


def project_of(**waves):
    """Return a definition with only what the timeline needs."""
    stated = {key: {"label": {}, **wave} for key, wave in waves.items()}
    indicator = {
        "id": "1",
        "chapter": "change",
        "statement": {},
        "label": {},
        "unit": "person",
        "respondents": {},
        "measure": {"item": "q"},
        "rule": {"kind": "describe", "wave": next(iter(waves))},
    }
    sources = (
        {"survey": {"kind": "answers", "file": "a.csv", "waves": ("late", "back")}} if "back" in waves else {}
    )
    sources = sources or {"survey": {"kind": "answers", "file": "a.csv"}}
    return Project(name={}, languages=("en",), waves=stated, sources=sources, indicators={"a": indicator})


WAVES = {
    "late": {"kind": "follow_up"},
    "back": {"kind": "then_test"},
    "between": {"kind": "during"},
    "first": {"kind": "baseline", "when": "2024-03-01"},
    "later": {"kind": "follow_up"},
}


def test_waves_are_ordered_by_kind():
    assert occasions(project_of(**WAVES)) == ("first", "between", "late", "later")


def test_a_then_test_is_asked_with_its_follow_up():
    assert occasion_of(project_of(**WAVES), "back") == "late"
    assert occasion_of(project_of(**WAVES), "first") == "first"


@pytest.mark.parametrize("wave", ["late", "later"])
def test_days_that_are_not_stated_follow_in_half_years(wave):
    found = wave_day(project_of(**WAVES), wave)
    assert (found - date(2024, 3, 1)).days == {"late": 360, "later": 540}[wave]


def test_first_and_last_day():
    project = project_of(**WAVES)
    assert first_day(project) == date(2024, 3, 1)
    assert last_day(project) == wave_day(project, "later")


def test_one_wave_lasts_a_year():
    project = project_of(only={"kind": "follow_up"})
    assert (last_day(project) - first_day(project)).days == 360
    assert baseline_waves(project) == ()


def test_registration_is_the_start_if_there_is_no_baseline():
    assert baseline_waves(project_of(entry={"kind": "registration"}, end={"kind": "follow_up"})) == ("entry",)
    both = project_of(entry={"kind": "registration"}, start={"kind": "baseline"})
    assert baseline_waves(both) == ("start",)


def test_a_then_test_alone_is_its_own_occasion():
    project = project_of(late={"kind": "then_test"}, back={"kind": "then_test"})
    assert occasion_of(project, "back") == "back"
    assert wave_day(project, "back") == first_day(project)
