"""The commands about workshops, as a user calls them."""

import json

import pytest
from typer.testing import CliRunner

from evaluation.cli import app
from tests.end_to_end.conftest import copy_programme
from tests.report.workshop.conftest import page_of, remark


@pytest.fixture
def project(tmp_path):
    return copy_programme(tmp_path)


@pytest.fixture
def tables(tmp_path):
    paths = []
    for name in ("a", "b"):
        said = remark(name, name, see=f"Vi vid {name}", act="=1+1", reaction="action")
        paths.append(tmp_path / f"{name}.jsonld")
        paths[-1].write_text(json.dumps(page_of([name], [said])), encoding="utf-8")
    return paths


def comments(*words):
    done = CliRunner().invoke(app, ["comments", *map(str, words)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_what_is_added_is_listed_and_marked(project, tables):
    assert "Tables: 2. Remarks: 2." in comments("add", project, *tables)
    listed = comments("list", project)
    assert "Vi vid a" in listed
    name = next(line.split()[0] for line in listed.splitlines() if "open" in line)
    comments("done", project, name)
    assert any(line.startswith(name) and "done" in line for line in comments("list", project).splitlines())
    comments("done", project, name, "--again")
    assert "done" not in comments("list", project)


def test_files_put_together_can_be_added(project, tables, tmp_path):
    comments("merge", project, *tables, "--out", tmp_path / "both.jsonld")
    assert "Tables: 2. Remarks: 2." in comments("add", project, tmp_path / "both.jsonld")
