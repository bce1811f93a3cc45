import pytest

from evaluation.data.deflator import read_deflator
from evaluation.vocabulary.errors import ExportError, MissingFileError


def written(folder, text):
    path = folder / "index.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_reads_figures_source_and_date(tmp_path):
    found = read_deflator(
        written(tmp_path, "år;index;källa;hämtad\n2022;100,0;SCB;2025-01-15\n2024;110,0;SCB;2025-01-15\n")
    )
    assert found.factor(2022, 2024, "index.csv") == pytest.approx(1.1)
    assert (found.source, found.date) == ("SCB", "2025-01-15")


@pytest.mark.parametrize("row", ["2022;-1;SCB;2025", "22;100;SCB;2025", "2022;many;SCB;2025"])
def test_a_figure_that_is_none_is_told_with_its_line(tmp_path, row):
    with pytest.raises(ExportError, match=r"index\.csv:2"):
        read_deflator(written(tmp_path, f"year;index;source;date\n{row}\n"))


def test_a_missing_year_column_or_file_is_told(tmp_path):
    with pytest.raises(ExportError, match="2023"):
        read_deflator(written(tmp_path, "year;index;source;date\n2022;1;SCB;2025\n")).factor(
            2022, 2023, "index.csv"
        )
    with pytest.raises(ExportError, match="source"):
        read_deflator(written(tmp_path, "year;index;date\n2022;1;2025\n"))
    with pytest.raises(MissingFileError):
        read_deflator(tmp_path / "none.csv")
