"""Keys, deletion and the last look, as a user meets them."""

import stat

import pytest

from tests.end_to_end.conftest import evaluation

pytestmark = pytest.mark.slow


def test_a_key_is_made_once_and_only_for_its_owner(tmp_path):
    assert evaluation("key", "secret", cwd=tmp_path).returncode == 0
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600
    assert evaluation("key", "secret", cwd=tmp_path).returncode == 7


def test_tables_are_looked_through_and_deleted(tmp_path):
    for words in (("new", "projects/mine"), ("simulate", "projects/mine"), ("ingest", "projects/mine")):
        assert evaluation(*words, cwd=tmp_path).returncode == 0
    done = evaluation("check", "projects/mine", "--privacy", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    page = tmp_path / "reports" / "mine" / "x.html"
    page.parent.mkdir(parents=True)
    page.write_text("<p>811218-9876</p>", encoding="utf-8")
    done = evaluation("check", "projects/mine", "--privacy", cwd=tmp_path)
    assert done.returncode == 11
    assert "x.html: 1 × identity numbers." in done.stderr
    assert "9876" not in done.stderr
    assert evaluation("purge", "projects/mine", cwd=tmp_path).returncode == 11
    assert evaluation("purge", "projects/mine", "--now", cwd=tmp_path).returncode == 11
    done = evaluation("purge", "projects/mine", "--now", "--yes", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "data" / "processed" / "mine").exists()
    assert page.is_file()
