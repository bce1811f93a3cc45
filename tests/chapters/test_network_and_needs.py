"""Chapters 06 to 08: every exhibit can be shown, and a small network is not."""

from dataclasses import replace

import pytest

from evaluation.chapters import collaboration, needs, organisation
from evaluation.report.exhibit import Exhibit

SHOWN = (
    *(collaboration.lead, collaboration.results, collaboration.maps, collaboration.new_and_lost),
    *(collaboration.bridges, collaboration.form, collaboration.silent),
    *(needs.lead, needs.results, needs.areas, needs.order),
    *(organisation.lead, organisation.results, organisation.roles, organisation.agree),
)


def all_of(shown):
    return [shown] if isinstance(shown, Exhibit) else list(shown)


@pytest.mark.parametrize("show", SHOWN)
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_every_exhibit_can_be_shown(show, lang, halland_study):
    for exhibit in all_of(show(halland_study)):
        assert exhibit.layout != "absent"
        assert exhibit.to_html(lang)


@pytest.mark.parametrize("show", SHOWN[2:7])
def test_a_network_of_few_is_not_shown(show, halland_study):
    few = halland_study.ties["actor"].isin(sorted(halland_study.ties["actor"].unique())[:4])
    for exhibit in all_of(show(replace(halland_study, ties=halland_study.ties[few]))):
        assert exhibit.layout == "absent"


def test_no_actor_is_named(halland_study):
    names = set(halland_study.ties["actor"])
    for exhibit in [*collaboration.maps(halland_study), collaboration.bridges(halland_study)]:
        assert not names & set(exhibit.result.table.astype("str").to_numpy().ravel())


def test_a_programme_without_needs_or_networks_says_so(coded_study):
    for show in SHOWN:
        assert all_of(show(coded_study))[-1].layout in ("absent", "list")
