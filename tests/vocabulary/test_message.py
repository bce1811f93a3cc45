"""Sentences that are said later: fields kept apart, plural by count, context kept."""

import pytest

from evaluation.vocabulary.message import Message, msg, nmsg, pmsg


@pytest.mark.parametrize(
    ("count", "said"), [(1, "One row."), (0, "0 rows."), (2, "2 rows."), (None, "{count} rows.")]
)
def test_the_plural_is_for_all_counts_but_one(count, said):
    message = nmsg("One row.", "{count} rows.", **({} if count is None else {"count": count}))
    if count is None:
        with pytest.raises(KeyError):
            str(message)
    else:
        assert str(message) == said


def test_fields_may_be_messages():
    assert str(msg("{a} and {b}", a=msg("one"), b=2)) == "one and 2"


def test_more_fields_are_added_to_a_new_message():
    first = nmsg("One of {n}", "{count} of {n}", count=2)
    second = first.with_fields(n=3)
    assert (str(second), second.plural, dict(first.fields)) == ("2 of 3", "{count} of {n}", {"count": 2})


def test_context_tells_equal_sentences_apart():
    assert pmsg("verdict", "Even") != msg("Even")
    assert pmsg("verdict", "Even").context == "verdict"
    assert pmsg("verdict", "Even").with_fields(a=1).context == "verdict"


def test_values_with_braces_are_left_as_they_are():
    assert str(msg("Found {found}.", found="{x}")) == "Found {x}."


def test_a_field_may_be_called_text():
    assert str(msg("{text}", text="x")) == "x"


def test_messages_are_frozen():
    with pytest.raises(AttributeError):
        Message("x").text = "y"
