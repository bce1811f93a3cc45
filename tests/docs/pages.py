"""The pages of the documentation, as tests read them."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
PLACES = (
    "*.md",
    "docs/*.md",
    "projects/*/README.md",
    "data/*/README.md",
    "reports/README.md",
    "tests/**/*.md",
)
PAGES = sorted(path for place in PLACES for path in ROOT.glob(place))
NAMES = [str(path.relative_to(ROOT)) for path in PAGES]


def text(name: str) -> str:
    """Return a page's text with ordinary spaces and without marks of emphasis."""
    return plain((ROOT / name).read_text(encoding="utf-8").replace("**", ""))


def plain(sentence: str) -> str:
    """Return a sentence with ordinary spaces."""
    return sentence.replace("\N{NO-BREAK SPACE}", " ")
