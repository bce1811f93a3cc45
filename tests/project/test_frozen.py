"""A frozen plan lists what it fixed and what has been changed since, and nothing else."""

import html
import shutil
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from evaluation.project.frozen import FILE, STATEMENT, amendments, freeze, labels_of, leaves, read_plan
from evaluation.project.load import load_project
from evaluation.project.measure import KINDS
from evaluation.project.model import Indicator
from evaluation.project.rule import (
    ChangeRule,
    CoverageRule,
    DescribeRule,
    EligibilityRule,
    GapRule,
    RepresentationRule,
    TargetRule,
)
from evaluation.report.frozen_page import plan_page, plan_section
from evaluation.report.frozen_words import SETTINGS, VALUES, PlanWords
from evaluation.vocabulary.errors import MissingFileError, ProjectError

HALLAND = Path(__file__).parents[2] / "projects" / "halland"
PLANNED = {"people": 191, "organisations": 30, "kept": 0.9}
TARGET = "rule: {kind: target, wave: after, share: 0.70}"


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(HALLAND, tmp_path / "halland", ignore=shutil.ignore_patterns("plan*")))


@pytest.fixture
def frozen(folder):
    freeze(load_project(folder), PLANNED, on=date(2026, 1, 15))
    return folder


def change(folder, old, new):
    file = folder / "project.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return load_project(folder)


def test_nothing_has_changed_at_first(frozen):
    plan = read_plan(frozen)
    assert plan.intact
    assert amendments(plan, load_project(frozen)) == []


@pytest.mark.parametrize(
    ("lang", "setting", "before", "after", "day"),
    [
        ("en", "target", "70%", "60%", "15 January 2026"),
        ("sv", "mål", "70\N{NO-BREAK SPACE}%", "60\N{NO-BREAK SPACE}%", "15 januari 2026"),
    ],
)
def test_another_target_is_told_in_both_languages(frozen, lang, setting, before, after, day):
    loaded = change(frozen, TARGET, TARGET.replace("0.70", "0.60"))
    told = plan_section(loaded, lang)
    label = loaded.definition.indicators["strategic_goal"].label[lang]
    assert day in told["lines"][0]
    (row,) = told["table"].rows
    assert label in row[0]
    assert row[1:] == (setting, before, after)


def test_another_label_is_no_change_of_the_plan(frozen):
    loaded = change(frozen, "en: Companies that work more strategically", "en: Strategic companies")
    assert amendments(read_plan(frozen), loaded) == []


def test_a_statement_that_goes_is_told_by_its_old_label(frozen):
    loaded = load_project(frozen)
    kept = {k: v for k, v in loaded.definition.indicators.items() if k != "wil"}
    loaded = loaded.model_copy(
        update={"definition": loaded.definition.model_copy(update={"indicators": kept})}
    )
    (found,) = amendments(read_plan(frozen), loaded)
    assert (found.kind, found.key, found.path, found.after) == ("statements", "wil", "", None)
    assert plan_section(loaded, "en")["table"].rows[0][0] == "Statement: Work-integrated learning"


def test_items_of_a_scale_and_margins_are_fixed(frozen):
    loaded = load_project(frozen)
    scales = loaded.definition.scales
    shorter = scales["wil"].model_copy(update={"items": scales["wil"].items[:-1]})
    definition = loaded.definition.model_copy(update={"scales": {**scales, "wil": shorter}})
    found = amendments(read_plan(frozen), loaded.model_copy(update={"definition": definition}))
    assert [(one.kind, one.key, one.path) for one in found] == [("scales", "wil", "items")]


def test_a_plan_that_was_edited_is_told(frozen):
    path = frozen / FILE
    path.write_text(
        path.read_text(encoding="utf-8").replace('"share": 0.7', '"share": 0.6', 1), encoding="utf-8"
    )
    assert not read_plan(frozen).intact
    assert any("changed by hand" in line for line in plan_section(load_project(frozen), "en")["lines"])


def test_without_a_plan_one_line_says_so(folder):
    told = plan_section(load_project(folder), "en")
    assert (told["lines"], told["table"]) == (["No plan was frozen before the analysis."], None)
    with pytest.raises(MissingFileError):
        read_plan(folder)


def test_a_plan_is_frozen_once(frozen):
    with pytest.raises(ProjectError, match="frozen already"):
        freeze(load_project(frozen), PLANNED, on=date(2026, 1, 16))


def test_a_file_that_is_no_plan_is_refused(folder):
    (folder / FILE).write_text("[]", encoding="utf-8")
    with pytest.raises(ProjectError, match="no plan"):
        read_plan(folder)


@pytest.mark.parametrize(("lang", "word"), [("en", "secondary"), ("sv", "sekundärt")])
def test_every_statement_stands_on_the_page(frozen, lang, word):
    loaded = load_project(frozen)
    page = plan_page(loaded, lang)
    assert word in page
    fixed = read_plan(frozen).fixed
    assert page.count('<th scope="row">') == sum(map(len, fixed.values()))


@pytest.mark.parametrize("lang", ["en", "sv"])
def test_every_setting_of_the_plan_stands_on_the_page_in_words(frozen, lang):
    loaded = load_project(frozen)
    plan = read_plan(frozen)
    page = html.unescape(plan_page(loaded, lang))
    labels = labels_of(loaded)
    for kind, entries in plan.fixed.items():
        for key, entry in entries.items():
            words = PlanWords(lang, labels, kind, key, dict(leaves(entry)))
            for path, value in leaves(entry):
                moot = ("id", "primary", *(() if entry.get("unit") == "organisation" else ("answered_by",)))
                if value not in (None, [], {}, "") and path not in moot:
                    assert f"{words.setting(path)}: {words.value(path, value)}" in page
    after = loaded.definition.waves["after"].label[lang]
    assert f"{words_of('rule.wave', lang)}: {after}" in page
    assert loaded.codebook.of_item("change_ability").label.get(lang, "?") in page
    assert loaded.definition.scales["strategic_work"].label[lang] in page


def words_of(path, lang):
    return PlanWords(lang, {}, "statements", "", {}).setting(path)


@pytest.mark.parametrize("lang", ["en", "sv"])
def test_no_setting_and_no_choice_of_a_definition_is_without_words(lang):
    rules = (TargetRule, ChangeRule, CoverageRule, GapRule, RepresentationRule, DescribeRule, EligibilityRule)
    fields = [(f"rule.{name}", field) for rule in rules for name, field in rule.model_fields.items()]
    fields += [
        (f"measure.{name}", field) for kind in KINDS.values() for name, field in kind.model_fields.items()
    ]
    fields += [(name, Indicator.model_fields[name]) for name in sorted(STATEMENT - {"measure", "rule"})]
    assert len(fields) > 40
    for path, field in fields:
        assert path in SETTINGS
        choices = [one for one in get_args(field.annotation) if isinstance(one, str)]
        assert set(choices) <= set(VALUES.get(path, {}))
