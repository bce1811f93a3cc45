"""What is shown is protected, carries its own data, and escapes what it did not write."""

import json

import pandas as pd
import pytest

from evaluation.disclosure import Policy, protect
from evaluation.report.exhibit import MIME, Exhibit, Exhibits
from evaluation.result import Meta, Result
from evaluation.targets.attainment import attained_share
from evaluation.vocabulary.message import msg


def made(positive: list[bool], n_total: int, **options) -> Exhibit:
    result = attained_share(pd.DataFrame({"positive": positive}), n_total=n_total, target=0.7)
    table = result.table.assign(
        indicator="goal", unit="organisation", verdict="reached", reason="reached_whatever_silent"
    )
    words = {
        "label.goal": {"sv": "Målet", "en": "The goal"},
        "id.goal": {"sv": "H19", "en": "H19"},
        "statement.goal": {"sv": "säger ja", "en": "say yes"},
        "respondents.goal": {"sv": "företag", "en": "companies"},
    }
    protected = protect(Result(table, result.meta), Policy())
    return Exhibit(
        "goal", "card", msg("How large a share?"), protected, words | options.pop("words", {}), **options
    )


def test_survives_storage_as_json():
    exhibit = made([True] * 21 + [False] * 6, 30)
    again = Exhibit.from_dict(json.loads(json.dumps(exhibit.to_dict())))
    assert again.to_html("en") == exhibit.to_html("en")
    assert again.to_dict() == exhibit.to_dict()


def test_title_with_words_of_the_project_survives_storage():
    words = {"sv": "Frågan?", "en": "The question?"}
    exhibit = Exhibit("q", "card", msg("{question}", question=words), made([True] * 9, 9).result, {})
    again = Exhibit.from_dict(json.loads(json.dumps(exhibit.to_dict())))
    assert "The question?" in again.to_html("en")


def test_says_the_row_in_figure_caption_and_table():
    html = made([True] * 21 + [False] * 6, 30).to_html("en")
    assert "21 of the 27 companies who answered (78%) say yes." in html
    assert html.count("78% (21 of 27)") == 1
    assert 'alt="Interval chart.' in html


def test_withheld_result_shows_no_number():
    html = made([True, True, False], 4).to_html("en")
    assert "too few to show" in html
    assert "67%" not in html
    assert "2 of the 3" not in html


def test_markup_in_words_is_shown_as_text():
    words = {"statement.goal": {"sv": "<script>", "en": "<script>alert(1)</script>"}}
    html = made([True] * 21 + [False] * 6, 30, words=words).to_html("en")
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_several_are_stored_in_order():
    first, second = made([True] * 9 + [False] * 6, 15), made([True] * 7 + [False] * 8, 15)
    bundle = Exhibits([first, second])._repr_mimebundle_()
    assert [stored["result"]["rows"][0]["k"] for stored in bundle[MIME]] == [9, 7]
    assert "9" not in bundle["text/plain"]


def test_empty_result_is_stored_too():
    nothing = Result(pd.DataFrame(columns=["estimand", "estimate", "n"]), Meta(method="none"))
    exhibit = Exhibit("none", "absent", msg("Title"), nothing, {}, notes=(msg("Nothing."),))
    assert "Nothing." in Exhibit.from_dict(json.loads(json.dumps(exhibit.to_dict()))).to_html("en")


def test_unknown_layout_is_refused():
    with pytest.raises(Exception, match="no layout banner"):
        Exhibit("x", "banner", msg("T"), made([True] * 9, 9).result, {}).to_html("en")


def test_parts_of_one_are_named_together_where_the_same_is_said_of_all():
    fixed = {"estimand": "reliable_share", "unit": "person", "n": 60, "detectable": 1.27}
    rows = [
        {**fixed, "indicator": name, "term": term, "k": k, "estimate": k / 60}
        for name in ("a", "b")
        for term, k in (("up", 20), ("same", 28), ("down", 12))
    ]
    rows[3:] = [{**row, "detectable": 1.3} for row in rows[3:5]] + [{**rows[5], "detectable": 1.4}]
    words = {f"{kind}.{name}": {"en": name.upper()} for name in "ab" for kind in ("id", "label")}
    shown = protect(Result(pd.DataFrame(rows), Meta(method="reliable_change")), Policy())
    html = Exhibit("who", "card", msg("How many?"), shown, words).to_html("en")
    assert "<strong>A:</strong>" in html
    assert "<strong>B:</strong>" not in html
