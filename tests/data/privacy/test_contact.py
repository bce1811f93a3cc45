"""Columns with contact data are recognised by header and by content; answers are not taken for them."""

import pandas as pd
import pytest

from evaluation.data.privacy.contact import filled, holds_free_text, kind_of, masked


def column(texts):
    return pd.Series(pd.Categorical(texts))


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("E-post", "email"),
        ("E-postadress:", "email"),
        ("Email Address", "email"),
        ("Din mejladress", "email"),
        ("RecipientEmail".replace("tE", "t e"), "email"),
        ("Telefonnummer", "phone"),
        ("Mobil", "phone"),
        ("Phone number", "phone"),
        ("IP-adress", "ip_address"),
        ("IP Address", "ip_address"),
        ("Namn", "name"),
        ("Förnamn", "name"),
        ("Last name", "name"),
        ("Företag", None),
        ("Tipsa en kollega", None),
        ("Får du information via e-post?", None),
    ],
)
def test_by_header(header, kind):
    assert kind_of(header, column(["", "x1"])) == kind


@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        (["a.b@c.se", "", "d@e.co.uk"], "email"),
        (["070-123 45 67", "0701234567", "+46 70 123 45 67"], "phone"),
        (["10.0.0.1", "192.168.1.12"], "ip_address"),
        (["Anna Berg", "Bo Ek", "Åsa Öberg-Ek", "Maja Lind", "Kim Al Noor"], "name"),
        (["1", "2", "3"], None),
        (["2024-03-01", "2024-03-02"], None),
        (["Ja", "Nej"], None),
        (["Instämmer helt", "Instämmer delvis", "Vet ej", "Inte alls", "Halmstad kommun"], None),
        (["", ""], None),
    ],
)
def test_by_content(texts, kind):
    assert kind_of("Fråga 7", column(texts)) == kind


def test_free_text_is_several_words_that_differ():
    assert holds_free_text(column([f"jag tycker att kurs {i} var bra" for i in range(8)]))
    assert not holds_free_text(column(["jag håller med om det"] * 40))
    assert not holds_free_text(column([f"p{i}" for i in range(40)]))


def test_filled_cells_are_counted():
    assert filled(column(["a", "", " ", "a"])) == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("mejla a.b@c.se!", "mejla […]!"),
        ("ring 070-123 45 67 i dag", "ring […] i dag"),
        ("från 10.0.0.1", "från […]"),
        ("betyg 4 av 5, 2024-03-01 kl 10.30", "betyg 4 av 5, 2024-03-01 kl 10.30"),
    ],
)
def test_contact_data_in_texts_become_a_mark(text, said):
    assert masked(text) == said
