"""The workshop's page in a real browser: two tables write, save and put together; the next report shows it."""

import json
import shutil
from dataclasses import replace

import pytest

from evaluation.project.load import load_project
from evaluation.report.edition import make_edition
from evaluation.report.workshop.page import write_workshop
from tests.end_to_end.conftest import copy_programme, evaluation
from tests.report.conftest import NAMES
from tests.report.workshop.conftest import page_of, remark

sync_api = pytest.importorskip("playwright.sync_api", reason="the browser driver is not installed")
axe = pytest.importorskip(
    "axe_playwright_python.sync_playwright", reason="the accessibility checker is not installed"
)
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
LANGUAGES = ("sv", "en")
HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script> \u202eevil"
REFUSED = "Storage.prototype.setItem = Storage.prototype.getItem = () => { throw new Error('no') }"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]


@pytest.fixture(scope="module")
def browser():
    with sync_api.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def files(edition, tmp_path_factory):
    folder = tmp_path_factory.mktemp("workshop")
    for lang in LANGUAGES:
        write_workshop(edition(lang), folder / f"{lang}.html")
    return folder


@pytest.fixture
def opened(browser, files):
    """Return a function that opens the page on a computer of its own, without network."""
    contexts, troubles = [], []

    def on_computer(lang="sv", before=""):
        context = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True)
        contexts.append(context)
        page = context.new_page()
        address = (files / f"{lang}.html").as_uri()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda message: troubles.append(message.text))
        page.on("dialog", lambda dialog: dialog.accept())
        allowed = (address, "blob:")
        page.on("request", lambda one: None if one.url.startswith(allowed) else troubles.append(one.url))
        if before:
            page.add_init_script(before)
        page.goto(address)
        return page

    yield on_computer
    for context in contexts:
        context.close()
    assert troubles == []


def answer(page, reaction, **fields):
    page.select_option("#step", "figure-1")
    figure = page.locator("#figure-1")
    if figure.locator(".answer").is_hidden():
        figure.locator(".show").click()
    figure.locator(f".own .remark:last-child input[value={reaction}]").check()
    for name, text in fields.items():
        figure.locator(f".own .remark:last-child textarea[data-field={name}]").fill(text)


def sit_down(page, number, **people):
    page.select_option("#step", "room")
    page.fill("#date", "2026-05-14")
    page.fill("#number", str(number))
    for column, count in people.items():
        page.fill(f"[data-role=participant][data-column={column}]", str(count))


def saved(page, path):
    page.select_option("#step", "keep")
    with page.expect_download() as waiting:
        page.click("#export")
    waiting.value.save_as(path)
    return path


def test_what_two_tables_say_is_seen_in_the_next_report(opened, halland_study, notebooks, tmp_path):
    first, second = opened("sv"), opened("en")
    sit_down(first, 1, women=6, men=2)
    answer(first, "agrees", see="Det känner vi igen")
    sit_down(second, 2, men=5)
    answer(second, "disagrees", why="Inte hos oss: <b>aldrig</b>", act="=HYPERLINK(1)")
    paths = [saved(page, tmp_path / f"{n}.jsonld") for n, page in enumerate((first, second))]

    first.set_input_files("#import", paths[1])
    first.locator("#sum").filter(has_text="2").wait_for(state="attached")
    merged = saved(first, tmp_path / "merged.jsonld")
    first.select_option("#step", "figure-1")
    assert "Inte hos oss: <b>aldrig</b>" in first.locator("#figure-1 .others").inner_text()
    assert first.locator("#figure-1 .others b").count() == 0

    project = copy_programme(tmp_path / "programme")
    done = evaluation("comments", "add", project, merged, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    told = evaluation("comments", "list", project, cwd=tmp_path).stdout
    assert "Det känner vi igen" in told
    study = replace(halland_study, loaded=load_project(project))
    edition = make_edition(study, notebooks, NAMES, "sv")
    figure = next(one for one in edition.exhibits if one.remarks)
    assert figure.key == json.loads(merged.read_text())["items"][0]["target"]["selector"]["value"]
    said = dict(figure.remarks)
    assert "Det känner vi igen" in said["Stämmer"][0]
    assert "Inte hos oss: <b>aldrig</b>" in said["Stämmer inte"][0]
    assert "ändrats sedan" not in str(said)
    assert any("Kvinnor: 6, män: 7" in section.body for section in edition.sections)


def test_hostile_files_are_harmless(opened, tmp_path):
    page = opened()
    key, sha256 = page.evaluate("Object.values({...document.querySelector('.figure').dataset})")
    good = page_of(
        ["a"], [remark("1", "a", sha256, figure=key, see=HOSTILE), remark("2", "a", figure="gone", see="x")]
    )
    long = page_of(["b"], [remark("3", "b", sha256, figure=key, see="x" * 1_000_000)])
    other = page_of([], [], project="x")
    names = {"good": json.dumps(good), "long": json.dumps(long), "no": "<script>", "other": json.dumps(other)}
    for name, text in names.items():
        (tmp_path / f"{name}.jsonld").write_text(text, encoding="utf-8")
    page.set_input_files("#import", [tmp_path / f"{name}.jsonld" for name in names])
    page.locator("#status").filter(has_text="other.jsonld").wait_for(state="attached")
    told = page.locator("#status").inner_text()
    assert all(f"{name}.jsonld" in told for name in ("long", "no", "other"))
    assert "1" in told
    page.select_option("#step", "figure-1")
    page.locator("#figure-1 .show").click()
    text = page.locator("#figure-1").inner_text()
    text += " ".join(page.locator("textarea").evaluate_all("all => all.map(one => one.value)"))
    assert "<script>alert(2)</script>" in text
    assert "\u202e" not in text
    assert page.locator("#figure-1 img, #figure-1 script").count() == 0


def test_what_is_written_is_there_again_and_can_be_deleted(opened):
    page = opened()
    answer(page, "question", see="Varför då?")
    page.reload()
    page.select_option("#step", "figure-1")
    page.locator("#figure-1 .show").click()
    assert page.locator("#figure-1 textarea").first.input_value() == "Varför då?"
    page.select_option("#step", "keep")
    page.click("#clear")
    page.reload()
    assert page.locator("#figure-1 textarea").first.input_value() == ""


def test_a_browser_that_refuses_to_save_is_told(opened):
    page = opened(
        "en", before="Storage.prototype.setItem = Storage.prototype.getItem = () => { throw new Error('no') }"
    )
    assert "does not let the page save" in page.locator("#status").inner_text()
    answer(page, "agrees", see="x")
    assert "does not let the page save" in page.locator("#status").inner_text()
    page.evaluate(
        "window.addEventListener('beforeunload', (event) => event.stopImmediatePropagation(), true)"
    )


def test_a_paper_form_is_a_table_of_its_own(opened, tmp_path):
    page = opened()
    answer(page, "agrees", see="Ett")
    page.select_option("#step", "keep")
    page.click("#another")
    answer(page, "disagrees", see="Två")
    page_file = json.loads(saved(page, tmp_path / "both.jsonld").read_text())
    assert len(page_file["evaluation:workshop"]["tables"]) == 2
    assert len({one["evaluation:table"] for one in page_file["items"]}) == 2


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_violation_of_accessibility_rules(opened, lang):
    page = opened(lang)
    for step in ("room", "figure-1", "keep"):
        page.select_option("#step", step)
        for button in page.locator(".show:visible").all():
            button.click()
        for fold in page.locator("details").all():
            fold.evaluate("node => node.open = true")
        found = axe.Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
        assert found.response["violations"] == [], found.generate_report()


def test_everything_by_keyboard_alone(opened):
    page = opened("en")

    def tab_to(check):
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate(f"(() => {{ const here = document.activeElement; return {check}; }})()"):
                return
        raise AssertionError(check)

    tab_to("here.id === 'begin'")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "question-1"
    assert page.locator("#answer-1").is_hidden()
    tab_to("here.classList.contains('show')")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "answer-1"
    tab_to("here.type === 'radio'")
    page.keyboard.press("Space")
    tab_to("here.dataset.field === 'see'")
    page.keyboard.type("by keyboard")
    tab_to("here.classList.contains('more')")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.closest('.step').id") != "figure-1"
    kept = json.loads(page.evaluate("localStorage.getItem('evaluation-workshop:halland')"))
    assert "by keyboard" in str(kept)


@pytest.mark.parametrize("width", [320, 640])
def test_nothing_is_cut_off_when_enlarged(opened, width):
    page = opened()
    page.set_viewport_size({"width": width, "height": 900})
    for step in ("room", "figure-1", "keep"):
        page.select_option("#step", step)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{step} is {wide} pixels too wide"
