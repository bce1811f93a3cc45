import logging
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.data.linkage.hashed import HashKey, create_key, keyed_hashes, read_key
from evaluation.vocabulary.errors import LinkageError, MissingFileError

KEY = HashKey(bytes(range(32)))
POSIX = pytest.mark.skipif(os.name != "posix", reason="modes of files are those of POSIX")


def test_the_published_way():
    # printf 'anna@x.se' | openssl dgst -sha256 -mac HMAC -macopt hexkey:000102…1f
    assert keyed_hashes(["Anna@X.se"], KEY).tolist() == ["68af54b214571481e1a1eebbd67cd2d1"]


def test_the_same_person_however_written():
    assert len(set(keyed_hashes(["Anna@x.se", " anna@X.SE ", "anna @x.se"], KEY))) == 1
    assert keyed_hashes(["", None, "  "], KEY).tolist() == ["", "", ""]


def test_another_key_gives_another_hash():
    assert keyed_hashes(["a"], KEY) != keyed_hashes(["a"], HashKey(bytes(32)))


@given(st.lists(st.text(min_size=1), max_size=5))
def test_hashes_show_nothing(texts):
    for text, found in zip(texts, keyed_hashes(texts, KEY), strict=True):
        assert found == "" or len(found) == 32
        assert len(text) < 3 or text not in found


def test_a_key_is_written_once_and_read_back(tmp_path):
    path = tmp_path / "key"
    key = create_key(path)
    assert read_key(path) == key
    assert len(key.secret) == 32
    with pytest.raises(LinkageError, match="exists already"):
        create_key(path)
    assert read_key(path) == key


def test_the_key_is_never_shown(tmp_path):
    key = create_key(tmp_path / "key")
    assert key.secret.hex() not in repr(key) and str(key.secret) not in repr(key)


@POSIX
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o620, 0o604])
def test_only_the_owner_may_read_it(tmp_path, mode):
    path = tmp_path / "key"
    create_key(path)
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(mode)
    with pytest.raises(LinkageError, match="Others than its owner"):
        read_key(path)


@pytest.mark.parametrize("git", ["folder", "file"])
def test_never_in_a_work_tree(tmp_path, git):
    inside = tmp_path / "work" / "deep"
    inside.mkdir(parents=True)
    mark = tmp_path / "work" / ".git"
    mark.mkdir() if git == "folder" else mark.write_text("gitdir: elsewhere", encoding="utf-8")
    for act in (create_key, read_key):
        with pytest.raises(LinkageError, match="git work tree"):
            act(inside / "key")
    assert not (inside / "key").exists()


@POSIX
def test_a_link_into_a_work_tree_is_found_out(tmp_path):
    (tmp_path / "work" / ".git").mkdir(parents=True)
    (tmp_path / "shortcut").symlink_to(tmp_path / "work")
    with pytest.raises(LinkageError, match="git work tree"):
        create_key(tmp_path / "shortcut" / "key")


@pytest.mark.parametrize("content", ["", "00", "not a key", "00" * 33, "ä"])
def test_a_file_without_a_key(tmp_path, content):
    path = tmp_path / "key"
    path.write_text(content, encoding="utf-8")
    path.chmod(0o600)
    with pytest.raises(LinkageError, match="does not hold a key") as raised:
        read_key(path)
    assert content == "" or content not in str(raised.value) or content == "not a key"


def test_no_key(tmp_path):
    with pytest.raises(MissingFileError):
        read_key(tmp_path / "key")


def test_nothing_is_logged(caplog):
    with caplog.at_level(logging.DEBUG):
        keyed_hashes(["anna@x.se"], KEY)
    assert not caplog.records
