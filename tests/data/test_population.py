"""A reference population is read as it was published; parts need not add up."""

from pathlib import Path

import pytest

from evaluation.data.population import population_shares, read_population
from evaluation.vocabulary.errors import ExportError, MissingFileError

HEADER = "region;tidpunkt;ålder;kön;mått;värde;enhet;källa\n"
LEVELS = {"women": ("kvinnor",), "men": ("män",)}
SCB = Path(__file__).parents[3] / "shared" / "data" / "scb_reference_population" / "reference_population.csv"


def written(folder, *rows):
    path = folder / "reference.csv"
    path.write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8-sig")
    return path


def test_shares_are_of_the_groups_whatever_the_total_says(tmp_path):
    path = written(
        tmp_path,
        "A;2020-12-31;alla;totalt;befolkning;1007;antal;x",
        "A;2020-12-31;alla;kvinnor;befolkning;400,0;antal;x",
        "A;2020-12-31;alla;män;befolkning;600;antal;x",
        "A;2019-12-31;alla;män;befolkning;1;antal;x",
    )
    shares, row = population_shares(read_population(path), area="A", measure="befolkning", levels=LEVELS)
    assert shares == {"women": 0.4, "men": 0.6}
    assert (row["date"], row["source"]) == ("2020-12-31", "x")


def test_ages_are_added_only_when_named(tmp_path):
    path = written(
        tmp_path,
        *(f"A;2020;{age};{sex};b;{n};antal;x" for age, sex, n in (
            ("15-19", "kvinnor", 1), ("20-24", "kvinnor", 2), ("15-19", "män", 3), ("20-24", "män", 6)
        )),
    )  # fmt: skip
    table = read_population(path)
    with pytest.raises(ExportError):
        population_shares(table, area="A", measure="b", levels=LEVELS)
    shares, _ = population_shares(table, area="A", measure="b", levels=LEVELS, ages=["15-19", "20-24"])
    assert shares["women"] == 0.25


def test_a_later_total_does_not_hide_figures_by_group(tmp_path):
    path = written(
        tmp_path,
        "A;2020;alla;kvinnor;befolkning;1;antal;x",
        "A;2020;alla;män;befolkning;3;antal;x",
        "A;2021;alla;totalt;befolkning;5;antal;x",
    )
    table = read_population(path)
    shares, row = population_shares(table, area="A", measure="befolkning", levels=LEVELS)
    assert (shares["women"], row["date"]) == (0.25, "2020")
    with pytest.raises(ExportError) as error:
        population_shares(table, area="A", measure="befolkning", levels={"w": ("women",), "m": ("men",)})
    assert "kvinnor, män, totalt" in str(error.value)


def test_says_what_is_wrong(tmp_path):
    with pytest.raises(MissingFileError):
        read_population(tmp_path / "none.csv")
    with pytest.raises(ExportError, match=r"reference.csv:2"):
        read_population(written(tmp_path, "A;2020;alla;män;b;..;antal;x"))
    (tmp_path / "reference.csv").write_text("region;värde\nA;1\n", encoding="utf-8")
    with pytest.raises(ExportError):
        read_population(tmp_path / "reference.csv")


@pytest.mark.skipif(not SCB.is_file(), reason="the public data of scb_reference_population are not here")
def test_the_published_file_is_readable_as_it_is():
    table = read_population(SCB)
    assert len(table) == 135
    shares, row = population_shares(
        table, area="Västmanlands län", measure="befolkning", levels=LEVELS, date="2020-12-31"
    )
    assert shares["women"] == pytest.approx(137388 / (137388 + 139753))
    assert "regionfakta" in row["source"]
