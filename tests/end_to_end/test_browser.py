"""Pages in a real browser: accessible, usable by keyboard, readable when enlarged, in both languages."""

import shutil

import pytest

from tests.end_to_end.test_report import LANGUAGES, PAGES

sync_api = pytest.importorskip("playwright.sync_api", reason="the browser driver is not installed")
axe = pytest.importorskip(
    "axe_playwright_python.sync_playwright", reason="the accessibility checker is not installed"
)
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.xdist_group("halland"),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]


@pytest.fixture(scope="module")
def browser():
    with sync_api.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield opened
        opened.close()


@pytest.fixture(params=["light", "dark"])
def page(browser, request):
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, offline=True, color_scheme=request.param
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_no_violation_of_accessibility_rules(page, halland, lang, name):
    page.goto((halland / lang / f"{name}.html").as_uri())
    for fold in page.locator("details").all():
        fold.evaluate("node => node.open = true")
    found = axe.Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    assert found.response["violations"] == [], found.generate_report()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_keyboard_reaches_content_language_and_chapters(page, halland, lang):
    page.goto((halland / lang / "targets.html").as_uri())
    reached = []
    for _ in range(30):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate("document.activeElement.getAttribute('href') || document.activeElement.tagName")
        )
    assert reached[0] == "#main"
    assert any(other in str(target) for target in reached for other in ("../sv/", "../en/"))
    assert "change.html" in reached
    assert "SUMMARY" in reached or "DIV" in reached


@pytest.mark.parametrize("width", [320, 640])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_cut_off_when_enlarged(page, halland, name, width):
    """1280 pixels at 200 and 400 per cent leave 640 and 320 for the page."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto((halland / "sv" / f"{name}.html").as_uri())
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"the page is {wide} pixels too wide"


def test_language_switch_leads_to_the_same_chapter(page, halland):
    page.goto((halland / "sv" / "change.html").as_uri())
    page.get_by_role("link", name="English").click()
    assert page.url.endswith("/en/change.html")
    assert page.locator("html").get_attribute("lang") == "en"


def test_pictures_are_drawn(page, halland):
    page.goto((halland / "sv" / "change.html").as_uri())
    widths = page.evaluate("[...document.images].map(image => image.naturalWidth)")
    assert widths
    assert min(widths) > 300


def violations(page):
    """Open every fold and return what breaks a rule."""
    for fold in page.locator("details").all():
        fold.evaluate("node => node.open = true")
    found = axe.Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    return [
        (one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found.response["violations"]
    ]


@pytest.fixture
def light(browser):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.xdist_group("almi")
def test_no_page_of_the_other_programme_breaks_a_rule(light, almi, lang):
    """Chapters differ between programmes; frame, colours and search are the same and are tried above."""
    names = [path for path in sorted((almi / lang).glob("*.html")) if path.stem not in ("report", "workshop")]
    assert len(names) > 12
    for path in names:
        light.goto(path.as_uri())
        assert violations(light) == [], path.name


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.xdist_group("almi")
def test_no_step_of_the_other_programmes_workshop_breaks_a_rule(light, almi, lang):
    light.goto((almi / lang / "workshop.html").as_uri())
    steps = light.locator("#step option").evaluate_all("all => all.map(one => one.value)")
    for step in (steps[0], steps[1], steps[-2], steps[-1]):
        light.select_option("#step", step)
        for button in light.locator(".show:visible").all():
            button.click()
        assert violations(light) == [], step


def test_search_narrows_down_from_a_file(light, halland):
    light.goto((halland / "sv" / "search.html").as_uri())
    places = light.locator(".places li:visible")
    everything = places.count()
    light.fill("#words", "strategiskt mål")
    assert 0 < places.count() < everything
    assert str(places.count()) in light.locator("#count").inner_text()
    light.fill("#words", "från–till")
    assert places.count() > 0
    places.first.get_by_role("link").click()
    assert light.url.startswith("file:")
    assert "search.html" not in light.url


def test_what_is_printed_shows_the_table_and_not_the_frame(light, halland):
    light.goto((halland / "sv" / "targets.html").as_uri())
    light.emulate_media(media="print")
    assert light.locator(".toc").is_hidden()
    assert light.locator("header.top nav").is_hidden()
    assert light.locator("figure.card table").first.is_visible()
    assert light.locator("aside.sim").is_visible()
