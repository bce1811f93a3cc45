import json

import pytest

from evaluation.report.workshop.annotation import plain_text, read_comments, write_comments
from evaluation.report.workshop.words import FIELD, FILE, PER_FIGURE
from evaluation.vocabulary.errors import MissingFileError, ReportError
from tests.report.workshop.conftest import PEOPLE, page_of, remark, urn


def changed(path, value):
    """Return a page of comments in which one place holds another value."""
    page = page_of(["a"], [remark("one", "a", see="Vi ser det")])
    place = page
    *way, last = path
    for step in way:
        place = place[step]
    place[last] = value
    return page


class TestReadComments:
    def test_what_is_written_is_read_back(self, written, tmp_path):
        found = read_comments(written(page_of(["a"], [remark("one", "a", see="Å", act="Gör")])), "halland")
        write_comments(found, tmp_path / "again.jsonld")
        assert read_comments(tmp_path / "again.jsonld", "halland") == found
        assert (found.remarks[0].see, found.remarks[0].act, found.remarks[0].lang) == ("Å", "Gör", "sv")
        assert found.tables[0].people["participant"] == {"women": 6, "men": 7, "other": 0}

    @pytest.mark.parametrize(
        ("path", "value"),
        [
            (["type"], "Annotation"),
            (["items"], {}),
            (["items", 0, "id"], "../../etc/passwd"),
            (["items", 0, "evaluation:table"], urn("of another file")),
            (["items", 0, "creator"], "Anna"),
            (["items", 0, "creator", "nickname"], "Anna Andersson"),
            (["items", 0, "body", 0, "value"], "likes"),
            (["items", 0, "body", 1, "value"], "x" * (FIELD + 1)),
            (["items", 0, "body", 1, "value"], 7),
            (["items", 0, "target", "source"], "https://example.org"),
            (["items", 0, "target", "selector", "value"], "<script>"),
            (["evaluation:workshop", "tables", 0, "date"], "14 maj"),
            (["evaluation:workshop", "tables", 0, "people", 0, "women"], -1),
            (["evaluation:workshop", "tables", 0, "people", 0, "women"], True),
            (["evaluation:workshop", "tables", 0, "people"], PEOPLE * 2),
            (["evaluation:workshop", "project"], "another"),
        ],
    )
    def test_another_form_is_refused_with_its_place(self, written, path, value):
        with pytest.raises(ReportError):
            read_comments(written(changed(path, value)), "halland")

    @pytest.mark.parametrize("text", ["", "[]", "null", "{", "[" * 100_000, "\x00"])
    def test_what_is_no_page_is_refused(self, written, text):
        with pytest.raises(ReportError):
            read_comments(written(text), "halland")

    def test_too_large_a_file_is_refused(self, written):
        with pytest.raises(ReportError, match="megabyte"):
            read_comments(written(json.dumps(page_of([], [])) + " " * FILE), "halland")

    def test_too_many_remarks_on_a_figure_are_refused(self, written):
        many = [remark(str(number), "a") for number in range(PER_FIGURE + 1)]
        assert read_comments(written(page_of(["a"], many[1:])), "halland")
        with pytest.raises(ReportError):
            read_comments(written(page_of(["a"], many)), "halland")

    def test_a_file_that_is_not_there_is_told(self, tmp_path):
        with pytest.raises(MissingFileError):
            read_comments(tmp_path / "none.jsonld", "halland")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\u202eb\u2066c\u200fd\u0000e", "abcde"),
        ("rad ett\nrad två", "rad ett\nrad två"),
        ("ring 070-123 45 67", "ring […]"),
        ("jag är 19811218-9876", "jag är […]"),
        ("<b>=1+1</b>", "<b>=1+1</b>"),
    ],
)
def test_plain_text(text, kept):
    assert plain_text(text) == kept
