"""Lists of projects: what is wrong with one line does not stop the others."""

import pytest

from evaluation.programme.registry import read_registry
from evaluation.vocabulary.errors import MissingFileError, ProjectError


@pytest.fixture
def folder(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "project.yaml").write_text("name: {en: x}\n")
    (tmp_path / "empty").mkdir()
    return tmp_path


def test_a_folder_is_a_list_of_its_projects(folder):
    found = read_registry(folder)
    assert [entry.key for entry in found.entries] == ["one", "two"]
    assert found.refused == ()


def test_a_list_says_what_is_known_of_each(folder):
    path = folder / "list.csv"
    path.write_text("name;path;county;start;same\nFirst;one;Halland;2024;own = ours\nSecond;two;;;\n")
    first, second = read_registry(path).entries
    assert (first.name, first.county, first.same) == ("First", "Halland", {"own": "ours"})
    assert second.same == {}


def test_wrong_lines_are_listed_and_the_others_are_read(folder):
    path = folder / "list.yaml"
    path.write_text("projects: [{path: one}, {path: one}, {path: empty}, {name: x}, {path: two}]\n")
    found = read_registry(path)
    assert [entry.key for entry in found.entries] == ["one", "two"]
    assert [str(one.problems[0].what) for one in found.refused] == [
        "The project is in the list twice.",
        "There is no project file project.yaml.",
        "The line has no path.",
    ]


def test_projects_of_one_folder_name_have_keys_of_their_own(folder):
    other = folder / "empty" / "one"
    other.mkdir()
    (other / "project.yaml").write_text("name: {en: x}\n")
    path = folder / "list.csv"
    path.write_text("path\none\nempty/one\n")
    assert [entry.key for entry in read_registry(path).entries] == ["one", "one-2"]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("list.csv", "path,town\none,x\n", "town"),
        ("list.csv", "name\nx\n", "no column path"),
        ("list.yaml", "projects: one\n", "no list of projects"),
        ("list.yaml", "projects: [", "no list of projects"),
    ],
)
def test_a_list_that_cannot_be_read_is_refused(folder, name, text, said):
    (folder / name).write_text(text)
    with pytest.raises(ProjectError, match=said):
        read_registry(folder / name)


def test_nothing_there(tmp_path):
    with pytest.raises(MissingFileError, match="no folder or list"):
        read_registry(tmp_path / "nowhere")
    with pytest.raises(MissingFileError, match="no projects"):
        read_registry(tmp_path)
