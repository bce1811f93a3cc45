"""Variables of the environment that are set for a while, and that processes started meanwhile inherit."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager


@contextmanager
def environment(settings: Mapping[str, str]) -> Iterator[None]:
    """Set variables of the environment, and put back afterwards what they were.

    Parameters
    ----------
    settings
        Values by name.

    Examples
    --------
    >>> with environment({"EVALUATION_EXAMPLE": "1"}):
    ...     os.environ["EVALUATION_EXAMPLE"]
    '1'
    >>> "EVALUATION_EXAMPLE" in os.environ
    False
    """
    before = {name: os.environ.get(name) for name in settings}
    os.environ.update(settings)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
