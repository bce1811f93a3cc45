"""How the command line speaks to its user."""

import locale
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from evaluation.text.catalogue import languages, say
from evaluation.vocabulary.message import Message


class Language(StrEnum):
    """The languages of messages."""

    sv = "sv"
    en = "en"


class Speaker:
    """Says messages in the user's language, on the terminal or as plain lines."""

    def __init__(self, lang: str):
        self.lang = lang
        self.console = Console(stderr=True, highlight=False, soft_wrap=True)

    def tell(self, message: Message, **fields: object) -> None:
        """Print one message to the error stream, so that output can be piped."""
        self.console.print(say(message, self.lang, **fields), markup=False)

    @contextmanager
    def progress(self, title: Message, steps: int) -> Iterator[Callable[[str], None]]:
        """Show how far a task has come: a bar on a terminal, a line per step elsewhere."""
        text = say(title, self.lang)
        if not self.console.is_terminal:
            self.console.print(text, markup=False)
            yield lambda step: self.console.print(f"  {step}", markup=False)
            return
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, console=self.console, transient=True, auto_refresh=False) as bar:
            task = bar.add_task(text, total=steps)
            bar.refresh()

            def done(step: str) -> None:
                bar.advance(task)
                bar.refresh()

            yield done


def preferred_language() -> str:
    """Return the language of `EVALUATION_LANG` or of the locale, English if it is not spoken."""
    asked = os.environ.get("EVALUATION_LANG") or (locale.getlocale()[0] or "en")
    return asked[:2] if asked[:2] in languages() else "en"
