"""Reports of real programmes in which people stand alone: nothing is told of them by the whole report."""

from pathlib import Path

import nbformat
import pytest

from evaluation.audit import attack, read_published
from evaluation.chapters import NOTEBOOKS, chapters_of
from evaluation.report.exhibit import Exhibit, Exhibits, bundle
from evaluation.report.release import positive_answers, protect_together
from tests.real.test_chapters import study_of

ROOT = Path(__file__).parents[2]


def exhibits_of(chapter: str, study) -> list[Exhibit]:
    """Make the exhibits of a notebook by its own cells."""
    node = nbformat.read(ROOT / "notebooks" / f"{NOTEBOOKS[chapter]}.ipynb", as_version=4)
    setup, *calls = [cell.source for cell in node.cells if cell.cell_type == "code"][1:]
    names: dict[str, object] = {}
    imports = [line for line in setup.splitlines() if line.startswith("from evaluation.chapters")]
    exec("\n".join(imports), names)
    names["study"] = study
    shown = [eval(call, names) for call in calls]
    return [one for found in shown for one in (found if isinstance(found, Exhibits) else [found])]


def written(study, folder: Path) -> list[Path]:
    """Write every chapter's exhibits into a notebook of its own."""
    paths = []
    for chapter in chapters_of(study.project):
        cell = nbformat.v4.new_code_cell("chapter.exhibits(study)")
        cell.outputs = [nbformat.v4.new_output("display_data", bundle(exhibits_of(chapter, study)))]
        paths.append(folder / f"{chapter}.ipynb")
        nbformat.write(nbformat.v4.new_notebook(cells=[cell]), paths[-1])
    return paths


def audited(folder: Path, study):
    return attack(
        read_published(folder),
        threshold=study.policy.threshold,
        answers_for_yes=positive_answers(study.project),
        together=tuple(study.policy.together),
    )


@pytest.mark.slow
@pytest.mark.parametrize("name", ["bucknell", "sats"])
def test_nothing_is_recovered_from_a_whole_report(real, name, tmp_path):
    study = study_of(real(name))
    paths = written(study, tmp_path)
    protect_together(paths, study)
    found = audited(tmp_path, study)
    assert found.recovered == ()
    assert found.published > 20


def test_those_who_are_alone_in_a_classification_are_named_nowhere(real):
    study = study_of(real("bucknell"))
    sizes = study.people["origin"].value_counts()
    alone = set(sizes[sizes == 1].index)
    assert alone
    rows = [row for one in exhibits_of("equality", study) for row in one.result.records()]
    shown = {str(row.get("level")) for row in rows if not row.get("suppressed") and row.get("n")}
    assert not alone & shown
