"""The command line: from a definition and raw exports to a report, step by step or all at once."""

import logging
import sys
from typing import Annotated, NoReturn

import typer

from evaluation.cli.commands import Commands, add_commands
from evaluation.cli.speaker import Language, Speaker, preferred_language
from evaluation.text.catalogue import languages, say_error
from evaluation.vocabulary.errors import EvaluationError, file_error

app = typer.Typer(
    cls=Commands,
    add_completion=False,
    no_args_is_help=True,
    help="Evaluation of skills-development programmes.",
)


@app.callback()
def options(
    context: typer.Context,
    lang: Annotated[Language | None, typer.Option("--lang", help="Language of messages: sv or en.")] = None,
    verbose: Annotated[bool, typer.Option("--verbose", help="Log what happens inside.")] = False,
) -> None:
    """Choose the language of messages."""
    logging.basicConfig(level=logging.DEBUG if verbose else logging.WARNING, format="%(name)s: %(message)s")
    context.obj = context.obj or Speaker(lang or preferred_language())


add_commands(app)


def main() -> None:
    """Run the command line; what a user can mend is told in one line each, without a traceback."""
    asked, words = _take_language(sys.argv[1:])
    speaker = Speaker(asked or preferred_language())
    try:
        app(words, obj=speaker)
    except EvaluationError as error:
        _refuse(error, speaker)
    except OSError as error:
        logging.getLogger(__name__).debug("A file could not be used.", exc_info=error)
        _refuse(file_error(error), speaker)


def _refuse(error: EvaluationError, speaker: Speaker) -> NoReturn:
    """Tell what a user can mend, and end with the error's own exit code."""
    for line in say_error(error, speaker.lang):
        speaker.console.print(line, markup=False)
    sys.exit(error.exit_code)


def _take_language(words: list[str]) -> tuple[str | None, list[str]]:
    """Let `--lang sv` stand anywhere; a language that is not spoken is left for the parser to refuse."""
    for index, word in enumerate(words):
        name, _, value = word.partition("=")
        used = 1 if value else 2
        found = value or "".join(words[index + 1 : index + 2])
        if name == "--lang" and found in languages():
            return found, words[:index] + words[index + used :]
    return None, words
