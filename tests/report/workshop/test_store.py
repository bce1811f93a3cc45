import csv
import io

import pytest

from evaluation.report.workshop.annotation import read_comments
from evaluation.report.workshop.store import (
    ACTIONS,
    actions,
    add_comments,
    combined,
    comments_folder,
    set_status,
    stored_comments,
)
from evaluation.vocabulary.errors import ReportError
from tests.report.workshop.conftest import page_of, remark


def test_a_tables_later_file_takes_the_place_of_its_earlier_one(study, written):
    loaded = study.loaded
    add_comments(
        loaded, [written(page_of(["a", "b"], [remark("1", "a", see="x"), remark("2", "b", see="y")]))]
    )
    add_comments(loaded, [written(page_of(["a"], [remark("3", "a", see="z")]))])
    kept = stored_comments(loaded)
    assert sorted(one.see for one in kept.remarks) == ["y", "z"]
    assert len(kept.tables) == 2


def test_files_given_at_once_are_combined_in_order(written):
    first = written(page_of(["a", "b"], [remark("1", "a"), remark("2", "b")]), "first.jsonld")
    later = written(page_of(["a"], [remark("3", "a")]), "later.jsonld")
    found = combined([read_comments(path, "halland") for path in (first, later)])
    assert {one.id for one in found.remarks} == {remark("2", "b")["id"], remark("3", "a")["id"]}


def test_nothing_is_kept_if_one_file_is_wrong(study, written):
    good = written(page_of(["a"], [remark("1", "a")]), "good.jsonld")
    with pytest.raises(ReportError):
        add_comments(study.loaded, [good, written("{}", "wrong.jsonld")])
    assert stored_comments(study.loaded).tables == ()


def test_comments_lie_outside_the_folder_that_is_made_anew(study):
    folder = comments_folder(study.loaded)
    assert not folder.is_relative_to(study.loaded.processed_folder)
    assert folder.parent == study.loaded.processed_folder.parent


class TestActions:
    def test_formulas_stay_texts_in_the_list(self, study, written):
        add_comments(study.loaded, [written(page_of(["a"], [remark("1", "a", act='=HYPERLINK("x")')]))])
        text = (comments_folder(study.loaded) / ACTIONS).read_text(encoding="utf-8-sig")
        (row,) = csv.DictReader(io.StringIO(text), delimiter=";")
        assert row["action"] == '\'=HYPERLINK("x")'

    def test_status_by_command_survives_a_later_file(self, study, written):
        first = written(page_of(["a"], [remark("1", "a", act="Ring alla")]))
        add_comments(study.loaded, [first])
        (action,) = actions(study.loaded)
        assert action.status == "open"
        set_status(study.loaded, [action.id], "done")
        add_comments(study.loaded, [written(page_of(["b"], [remark("2", "b", act="Mer")]), "b.jsonld")])
        assert sorted(one.status for one in actions(study.loaded)) == ["done", "open"]

    @pytest.mark.parametrize("written_status", ["klar", "done", " KLAR "])
    def test_status_is_read_from_the_list_in_any_language(self, study, written, written_status):
        add_comments(study.loaded, [written(page_of(["a"], [remark("1", "a", act="Ring alla")]))])
        path = comments_folder(study.loaded) / ACTIONS
        path.write_text(
            path.read_text(encoding="utf-8-sig").replace(";open", f";{written_status}"), encoding="utf-8"
        )
        assert [one.status for one in actions(study.loaded)] == ["done"]

    def test_what_is_not_known_is_told(self, study, written):
        add_comments(study.loaded, [written(page_of(["a"], [remark("1", "a", act="Ring alla")]))])
        with pytest.raises(ReportError, match="no action"):
            set_status(study.loaded, ["nothing"], "done")
        path = comments_folder(study.loaded) / ACTIONS
        path.write_text(path.read_text(encoding="utf-8-sig").replace(";open", ";perhaps"), encoding="utf-8")
        with pytest.raises(ReportError, match="perhaps"):
            actions(study.loaded)
