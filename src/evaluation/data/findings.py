"""Problems are collected over all files, and told together in one error."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice

from evaluation.vocabulary.errors import ERRORS, EvaluationError, Problem
from evaluation.vocabulary.message import nmsg

SHOWN = 50


class Findings:
    """What is wrong so far, by the kind of error it leads to."""

    def __init__(self) -> None:
        self._found: dict[type[EvaluationError], list[Problem]] = {}

    def add(self, kind: type[EvaluationError], problems: Iterable[Problem]) -> None:
        """Note problems of one kind."""
        new = list(problems)
        if new:
            self._found.setdefault(kind, []).extend(new)

    @contextmanager
    def collecting(self) -> Iterator[None]:
        """Note the problems of an error raised inside, and go on after it."""
        try:
            yield
        except EvaluationError as error:
            self.add(type(error), error.problems)

    def raise_if_any(self) -> None:
        """Raise one error with everything found; its kind is that of the earliest step that failed."""
        kinds = [kind for kind in ERRORS if kind in self._found]
        if kinds:
            told = {str(problem): problem for kind in kinds for problem in self._found[kind]}
            raise kinds[0](limited(list(told.values())))


def first_told(problems: Iterable[Problem], count: int, where: str) -> list[Problem]:
    """Return the first problems of one place, and one that counts the rest without making them.

    Parameters
    ----------
    problems
        Problems, made one by one as they are asked for.
    count
        How many there are.
    where
        The place.
    """
    told = list(islice(problems, SHOWN))
    rest = count - len(told)
    more = nmsg(
        "There is one more such problem here.", "There are {count} more such problems here.", count=rest
    )
    return [*told, Problem(more, where)] if rest > 0 else told


def limited(problems: list[Problem]) -> list[Problem]:
    """Return the first problems and one that counts the rest."""
    rest = len(problems) - SHOWN
    if rest <= 0:
        return problems
    more = nmsg("There is one more problem.", "There are {count} more problems.", count=rest)
    return [*problems[:SHOWN], Problem(more)]
