import json

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evaluation.project.simulation import Simulation
from evaluation.simulate import simulate
from evaluation.vocabulary.errors import ProjectError
from tests.simulate.projects import COURSE, COURSE_CODEBOOK, assuming, write_project


def test_the_same_seed_gives_the_same_bytes(halland, simulated):
    again = simulate(halland, np.random.default_rng(2023))
    assert dict(again.files) == dict(simulated.files)
    assert json.dumps(again.truth) == json.dumps(simulated.truth)


def test_another_seed_gives_other_files(halland, simulated):
    other = simulate(halland, np.random.default_rng(2024))
    assert all(other.files[name] != content for name, content in simulated.files.items())
    assert (simulated.seed, other.seed) == (2023, 2024)


def test_a_generator_without_a_seed_of_its_own_is_allowed(course):
    rng = np.random.default_rng([1, 2])
    assert simulate(course, rng).seed is None


def test_an_added_source_leaves_the_other_files_as_they_are(course, simulated_course, tmp_path):
    extra = "  extra: {kind: answers, file: extra.csv, waves: [end], columns: {person: [Term, Code]}}"
    more = COURSE.replace("responses:", f"{extra}\nresponses:", 1)
    codebook = COURSE_CODEBOOK + "new,extra,,New,PERCENT,,A new question\n"
    wider = simulate(write_project(tmp_path / "course", more, codebook), np.random.default_rng(5))
    assert wider.files["extra.csv"]
    assert {name: wider.files[name] for name in ("course.csv", "sessions.xlsx")} == {
        name: simulated_course.files[name] for name in ("course.csv", "sessions.xlsx")
    }


def test_only_a_project_that_allows_it_is_simulated(halland):
    real = halland.model_copy(
        update={"definition": halland.definition.model_copy(update={"simulation": None})}
    )
    with pytest.raises(ProjectError, match="does not allow"):
        simulate(real, np.random.default_rng(1))


def test_shares_of_variance_above_one_are_refused(halland):
    with pytest.raises(ProjectError, match="more than 1"):
        simulate(assuming(halland, organisation_variance=0.6, person_variance=0.6), np.random.default_rng(1))


def test_a_response_scale_without_answers_is_refused(tmp_path):
    empty = COURSE.replace("HOURS: {range: [0, 12.5]}", "HOURS: {}")
    project = write_project(tmp_path / "course", empty, COURSE_CODEBOOK)
    with pytest.raises(ProjectError, match="neither options nor a range"):
        simulate(project, np.random.default_rng(1))


SHARES = st.floats(0, 1)


@st.composite
def assumptions(draw):
    organisation = draw(SHARES)
    return {
        "people": draw(st.integers(4, 60)),
        "organisations": draw(st.integers(2, 80)),
        "default_change": draw(st.floats(-4, 4)),
        "change": {"need_to_update": draw(st.floats(-10, 10))},
        "group_change": {"sex": {"women": draw(st.floats(-4, 4))}},
        "organisation_variance": organisation,
        "person_variance": draw(st.floats(0, 1 - organisation)),
        "then_shift": draw(st.floats(-3, 3)),
        "missing_items": draw(SHARES),
        "dont_know": draw(SHARES),
        "attrition": {
            "mechanism": draw(st.sampled_from(["completely_at_random", "by_baseline", "by_outcome"])),
            "share": draw(SHARES),
            "strength": draw(st.floats(0, 1e6)),
        },
    }


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(assumptions(), st.integers(0, 2**32))
def test_any_assumptions_give_files_and_a_truth_within_range(halland, wanted, seed):
    Simulation.model_validate(wanted)
    found = simulate(assuming(halland, **wanted), np.random.default_rng(seed))
    assert set(found.files) == {source.file for source in halland.definition.sources.values()}
    json.dumps(found.truth, allow_nan=False)
    for item, truth in found.truth["items"].items():
        response = halland.definition.responses[halland.codebook.of_item(item).response]
        low, high = response.limits
        assert all(low <= mean <= high for mean in truth["mean"].values())
        assert all(
            abs(part["person"]["all"]["change"]) <= high - low for part in truth.get("change", {}).values()
        )
    for statement in found.truth["indicators"].values():
        shares = statement["share"].values() if statement["kind"] == "target" else ()
        assert all(0 <= share <= 1 for by_reading in shares for share in by_reading.values())
    assert all(0 <= count <= wanted["people"] for count in found.truth["lost"].values())
