"""The UK Civil Service People Survey 2015: theme scores of organisations, and gaps between groups, as published."""

import re
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from evaluation.data.ingest import ingest
from evaluation.data.read import read_export
from evaluation.project.load import load_project
from evaluation.stats.two_proportions import miettinen_nurminen

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "uk_civil_service_people_survey"
ORGANISATIONS = "2015_csps2015_allorganisations_csv.csv"
GROUPS = "2015_Civil-Service-People-Survey-2015-results-by-demographic-groups-csv.csv"
pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the public data of uk_civil_service_people_survey are not on this machine"
)
GAPS = {
    # Group and reference by column, then the published percentages of the statements.
    "sex": (108, 107, {"B33": (86, 84), "B22": (67, 60), "B25": (47, 44)}),
    "ethnicity": (116, 115, {"B33": (86, 85), "B22": (64, 63), "B25": (52, 45)}),
    "health": (144, 143, {"B33": (77, 86), "B22": (54, 64), "B25": (34, 47)}),
}


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """Copy the definition, and the file without per cent signs behind numbers, in the file's own encoding."""
    folder = tmp_path_factory.mktemp("civil-service") / "project"
    shutil.copytree(Path(__file__).parent / "civil_service", folder)
    text = (FOLDER / ORGANISATIONS).read_bytes().decode("cp1252")
    (folder / "raw").mkdir()
    (folder / "raw" / ORGANISATIONS).write_bytes(re.sub(r"(?<=\d)%", "", text).encode("cp1252"))
    return load_project(folder)


@pytest.fixture(scope="module")
def published(project):
    source = project.definition.sources["survey"]
    export = read_export(project.raw_folder / ORGANISATIONS, source)
    assert export.encoding == "cp1252"
    return export.frame.rename(columns=str.strip).set_index(export.frame["Organisation"].str.strip())


def test_the_scores_of_organisations_are_the_published_theme_scores(project, published):
    """Both are rounded to whole per cent: a mean of rounded percentages lies within half a point of the exact mean,
    and that within half a point of the published score."""
    scores = ingest(project).scores.dropna(subset=["score"])
    found = scores.astype({"scale": object, "person": object}).pivot_table(
        index="person", columns="scale", values="score"
    )
    apart = {}
    for key, scale in project.definition.scales.items():
        column = next(name for name in published if name.startswith(f"{scale.label['en']} theme score"))
        theme = pd.to_numeric(published[column], errors="coerce").dropna()
        assert set(theme.index) == set(found.index)
        apart[key] = (found[key] - theme.reindex(found.index)).abs()
    apart = pd.DataFrame(apart).drop(index="Civil Service benchmark (median)")
    assert len(apart) == 98
    assert (apart > 1).sum().sum() == 0
    assert apart.mean().max() < 0.5


def test_the_published_gaps_by_sex_ethnicity_and_health():
    rows = pd.read_csv(FOLDER / GROUPS, encoding="cp1252", header=None, dtype=str)
    people = rows.iloc[2].str.extract(r"n=([\d,]+)")[0].str.replace(",", "")
    for group, reference, gaps in GAPS.values():
        n, n_reference = int(people[group]), int(people[reference])
        for question, (share, of_reference) in gaps.items():
            row = rows[rows[0].str.startswith(question, na=False)].iloc[0]
            assert (row[group], row[reference]) == (f"{share}%", f"{of_reference}%")
            counts = round(share / 100 * n), n, round(of_reference / 100 * n_reference), n_reference
            found = miettinen_nurminen(*counts)
            assert 100 * found.estimate == pytest.approx(share - of_reference, abs=0.01)
            assert np.sign(found.conf_low) == np.sign(found.conf_high), "told apart from chance"
