"""The catalogues say every message of the sources, and say it rightly."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import evaluation
from evaluation.text.catalogue import LOCALE, SOURCE_LANGUAGE, languages, say
from evaluation.text.numbers import AS_SHARE, IN_UNIT
from evaluation.vocabulary.estimands import ESTIMANDS
from evaluation.vocabulary.message import Message, msg, nmsg, pmsg
from evaluation.vocabulary.reasons import REASONS
from evaluation.vocabulary.verdicts import VERDICTS

PACKAGE = Path(evaluation.__file__).parent
MARKERS = {"msg": None, "pmsg": ((1, "c"), 2), "nmsg": (1, 2)}
TRANSLATED = tuple(lang for lang in languages() if lang != SOURCE_LANGUAGE)

Key = tuple[str, tuple[str, ...]]
"""A message's context, and its text or its singular and plural."""

ALIKE = {
    "sv": {
        ("", ("{level} minus {reference_level}",)),
        ("unit", ("organisation",)),
        ("unit", ("person",)),
        *(("format", (name,)) for name in ("PDF", "Excel", "Word")),
        ("estimand", ("Per person",)),
        ("axis", ("per person",)),
        ("term", ("kronor",)),
        ("action", ("Status",)),
        ("", ("{Scale}, {level} minus {reference_level}.",)),
        ("", ("{Label}, {term}: {estimate} {steps} (p = {p_value}).",)),
        ("", ("{Level}: {estimate} {term} per person.",)),
    }
}
"""Messages with words that are the same in a language as in English."""

UNPROVEN = re.compile(r"\b(effekt\w*|påverkat|lett till|tack vare)\b", re.IGNORECASE)
"""Swedish words that claim a cause; the design has no comparison group."""

EASY_WORDS = 12


def forms(text: str | Iterable[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def key_of(entry: Entry) -> Key:
    return entry.context or "", forms(entry.id)


def fields_in(text: str) -> Counter[str]:
    return Counter(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def has_words(text: str) -> bool:
    return any(character.isalpha() for literal, *_ in Formatter().parse(text) for character in literal)


def read(path: Path, lang: str | None = None) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=lang, ignore_obsolete=False)


def entries_of(catalogue: Catalog) -> list[Entry]:
    return [entry for entry in catalogue if entry.id]


def pairs(entries: Iterable[Entry]) -> Iterator[tuple[str, str]]:
    """Return every form of every message with its translation."""
    for entry in entries:
        yield from zip(forms(entry.id), forms(entry.string), strict=True)


def translated(entries: Iterable[Entry]) -> Iterator[str]:
    return (text for _, text in pairs(entries))


@pytest.fixture(scope="module")
def extracted() -> set[Key]:
    """Return every message that the sources mark."""
    found = extract_from_dir(PACKAGE, method_map=[("**.py", "python")], keywords=MARKERS)
    return {(context or "", forms(text)) for _, _, text, _, context in found}


@pytest.fixture(scope="module", params=TRANSLATED)
def lang(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def catalogue(lang) -> Catalog:
    return read(LOCALE / lang / "LC_MESSAGES" / "evaluation.po", lang)


@pytest.fixture(scope="module")
def entries(catalogue) -> list[Entry]:
    return entries_of(catalogue)


def test_there_is_a_swedish_catalogue():
    assert "sv" in TRANSLATED


def test_the_sources_mark_messages(extracted):
    assert ("", ("The target was {target}.",)) in extracted
    assert ("verdict", ("Reached",)) in extracted
    assert ("", ("One does not meet the requirement.", "{count} do not meet the requirement.")) in extracted


def test_no_message_is_missing(extracted, entries):
    assert sorted(extracted - {key_of(entry) for entry in entries}) == []


def test_no_message_is_obsolete(extracted, catalogue, entries):
    assert sorted({key_of(entry) for entry in entries} - extracted) == []
    assert list(catalogue.obsolete) == []


def test_every_context_is_kept(extracted, entries):
    assert {key_of(entry)[0] for entry in entries} == {context for context, _ in extracted}


def test_the_template_holds_the_same_messages(extracted):
    assert {key_of(entry) for entry in entries_of(read(LOCALE / "evaluation.pot"))} == extracted


def test_no_translation_is_fuzzy(entries):
    assert [entry.id for entry in entries if entry.fuzzy] == []


def test_no_translation_is_empty(entries):
    assert [entry.id for entry in entries if not all(text.strip() for text in forms(entry.string))] == []


def test_a_counted_message_has_both_forms(entries):
    assert [entry.id for entry in entries if len(forms(entry.string)) != len(forms(entry.id))] == []


def test_the_fields_are_those_of_the_original(entries):
    assert [pair for pair in pairs(entries) if fields_in(pair[0]) != fields_in(pair[1])] == []


def test_no_field_has_a_format_of_its_own(entries):
    """Numbers are written by `text.format`, in the language's own signs."""
    texts = [text for pair in pairs(entries) for text in pair]
    assert [text for text in texts for _, _, form, how in Formatter().parse(text) if form or how] == []


def test_no_message_has_a_per_cent_sign(entries):
    """Extraction takes it for a format, and languages write it differently."""
    assert [text for pair in pairs(entries) for text in pair if "%" in text] == []


def test_what_has_words_is_translated(lang, entries):
    same = {key_of(entry) for entry in entries if forms(entry.id) == forms(entry.string)}
    assert {key for key in same if any(map(has_words, key[1]))} <= ALIKE.get(lang, set())


def test_sentences_end_as_in_the_original(entries):
    ends = [(pair, [text[-1:] if text[-1:] in ".?:!" else "" for text in pair]) for pair in pairs(entries)]
    assert [pair for pair, (original, other) in ends if original != other] == []


def test_spaces_are_single_and_none_stands_at_the_edge(entries):
    assert [text for text in translated(entries) if text != text.strip() or "  " in text] == []


def test_code_is_the_same_apart_from_what_it_stands_for(entries):
    """Commands and keys are in English in every language; only capitals such as FOLDER are words."""

    def code(text: str) -> list[str]:
        return [re.sub(r"\b[^\Wa-z_]{3,}\b", "", part) for part in re.findall(r"`([^`]*)`", text)]

    assert [pair for pair in pairs(entries) if sorted(code(pair[0])) != sorted(code(pair[1]))] == []


@pytest.fixture(scope="module")
def swedish() -> list[str]:
    return list(translated(entries_of(read(LOCALE / "sv" / "LC_MESSAGES" / "evaluation.po", "sv"))))


def test_swedish_quotation_marks_are_alike_on_both_sides(swedish):
    assert [text for text in swedish if re.search('[“„"«»]', text)] == []


def test_swedish_claims_no_cause_where_english_does_not(entries):
    claims = [pair for pair in pairs(entries) if UNPROVEN.search(pair[1])]
    assert [pair for pair in claims if "effect" not in pair[0].casefold()] == []


def easy_messages() -> list[tuple[str, str]]:
    lines = [line.message for estimand in ESTIMANDS.values() for line in estimand.easy]
    verdicts = [verdict.easy for verdict in VERDICTS.values()]
    return list(dict.fromkeys((message.context, message.text) for message in [*lines, *verdicts]))


@pytest.mark.parametrize(("context", "text"), easy_messages())
@pytest.mark.parametrize("lang", languages())
def test_easy_sentences_are_short(context, text, lang):
    fields = dict.fromkeys(fields_in(text), "ord")
    said = say(Message(text, context=context), lang, **fields)
    sentences = [sentence for sentence in re.split(r"(?<=[.?!]) ", said) if sentence]
    assert max(len(sentence.split()) for sentence in sentences) <= EASY_WORDS


@pytest.mark.parametrize(("context", "text"), easy_messages())
def test_easy_sentences_have_no_percentages(context, text):
    assert not set(fields_in(text)) & {*AS_SHARE, *IN_UNIT}


@pytest.mark.parametrize(
    ("message", "said"),
    [
        (
            msg(
                "{k} of the {n} {respondents} who answered ({estimate}) {statement}.",
                k=21,
                n=27,
                respondents="företag",
                estimate="78 %",
                statement="uppger att de arbetar mer strategiskt",
            ),
            "21 av de 27 företag som svarade (78 %) uppger att de arbetar mer strategiskt.",
        ),
        (
            msg(
                "The programme has {n_total} {respondents}, so the share among all is at least {bound_low} "
                "and at most {bound_high}.",
                n_total=30,
                respondents="företag",
                bound_low="70 %",
                bound_high="80 %",
            ),
            "Projektet har 30 företag, så andelen bland alla är minst 70 % och högst 80 %.",
        ),
        (msg("The target was {target}.", target="70 %"), "Målet var 70 %."),
        (
            REASONS["reached_whatever_silent"].with_fields(count=1),
            "Målet är nått, hur den enda som inte svarade än skulle ha svarat.",
        ),
        (
            REASONS["reached_whatever_silent"].with_fields(count=3),
            "Målet är nått, hur de 3 som inte svarade än skulle ha svarat.",
        ),
        (
            nmsg("There is one more problem.", "There are {count} more problems.", count=1200),
            "Det finns 1\N{NO-BREAK SPACE}200 problem till.",
        ),
        (pmsg("column", "Change"), "Förändring"),
        (pmsg("chapter", "Equality"), "Jämlikhet"),
        (pmsg("column", "Withheld"), "Redovisas inte"),
    ],
)
def test_swedish_sentences(message, said):
    assert say(message, "sv") == said


@pytest.mark.parametrize(
    ("verdict", "label"),
    [
        ("reached", "Nått"),
        ("not_reached", "Inte nått"),
        ("undecided", "Kan inte avgöras"),
        ("increased", "Ökat"),
        ("decreased", "Minskat"),
        ("no_certain_change", "Ingen säker förändring"),
        ("covered", "Uppfyllt"),
        ("not_covered", "Inte uppfyllt"),
        ("gap", "Säkerställd skillnad"),
        ("possible_gap", "Möjlig skillnad"),
        ("no_certain_gap", "Ingen säkerställd skillnad"),
        ("even", "Jämn"),
    ],
)
def test_swedish_verdicts(verdict, label):
    assert say(VERDICTS[verdict].label, "sv") == label


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, "Ett av 5 mål är nått."), (0, "0 av 5 mål är nådda."), (2, "2 av 5 mål är nådda.")],
)
def test_swedish_counts(count, said):
    assert say(VERDICTS["reached"].counted, "sv", count=count, n_total=5) == said
