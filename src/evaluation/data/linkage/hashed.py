"""Keyed hashes of identifiers: the same person gets the same one, and nobody without the key can tell whose."""

import hashlib
import hmac
import os
import secrets
import stat
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from evaluation.vocabulary.errors import LinkageError, MissingFileError
from evaluation.vocabulary.message import msg

KEY_BYTES = 32
HASH_BYTES = 16


@dataclass(frozen=True, slots=True)
class HashKey:
    """A secret key; it is not shown when printed.

    Attributes
    ----------
    secret
        32 random bytes.
    """

    secret: bytes = field(repr=False)


def create_key(path: Path) -> HashKey:
    """Make a key and write it to a new file that only its owner may read.

    Parameters
    ----------
    path
        A file that does not exist yet, outside every git work tree.

    Returns
    -------
    HashKey
        The new key. Whoever loses the file cannot link later waves.

    Raises
    ------
    LinkageError
        If the file exists already, or lies in a git work tree.
    """
    path = _outside(path)
    secret = secrets.token_bytes(KEY_BYTES)
    try:
        place = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise LinkageError(
            msg("The key file exists already."),
            where=path.name,
            do=msg("Use it, or choose another name; waves hashed with different keys cannot be linked."),
        ) from None
    with os.fdopen(place, "w", encoding="ascii") as file:
        file.write(secret.hex() + "\n")
    return HashKey(secret)


def read_key(path: Path) -> HashKey:
    """Read the key from its file.

    Parameters
    ----------
    path
        The file that `create_key` wrote.

    Returns
    -------
    HashKey
        The key.

    Raises
    ------
    MissingFileError
        If the file is not there.
    LinkageError
        If it lies in a git work tree, if others than its owner may read or write it (POSIX), or if it
        does not hold a key.
    """
    path = _outside(path)
    if not path.is_file():
        raise MissingFileError(
            msg("The key file is not there."),
            where=path.name,
            do=msg("Put it there, or make a new one with `evaluation key FILE` before the first wave."),
        )
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise LinkageError(
            msg("Others than its owner may read the key file."),
            where=path.name,
            do=msg("Run `chmod 600` on it."),
        )
    try:
        secret = bytes.fromhex(path.read_text(encoding="ascii"))
    except ValueError:
        secret = b""
    if len(secret) != KEY_BYTES:
        raise LinkageError(
            msg("The file does not hold a key."),
            where=path.name,
            do=msg("Use the file that was made for it."),
        )
    return HashKey(secret)


def _outside(path: Path) -> Path:
    """Return the real place of a file; refuse one in a git work tree, where it could be committed."""
    place = path.expanduser().resolve()
    if any((folder / ".git").exists() for folder in place.parents):
        raise LinkageError(
            msg("The key file lies in a git work tree."),
            where=path.name,
            do=msg("Keep it outside the repository, where only you can read it."),
        )
    return place


def keyed_hashes(identifiers: ArrayLike, key: HashKey) -> NDArray[np.object_]:
    """Hashes that stand in for identifiers.

    Parameters
    ----------
    identifiers
        Shape (n,), texts such as e-mail addresses; compared without capitals and spaces.
    key
        The secret key.

    Returns
    -------
    numpy.ndarray
        Shape (n,), 32 hexadecimal signs each; "" where the identifier is empty or missing.

    Notes
    -----
    HMAC-SHA256(key, identifier), the first 16 bytes. Among n people two have the same with probability
    about n^2 / 2^129. Still personal data for whoever holds the key.

    References
    ----------
    krawczyk1997

    Examples
    --------
    >>> one, two, none = keyed_hashes(["Anna@x.se ", "anna@x.se", None], HashKey(bytes(32)))
    >>> one == two, len(one), none
    (True, 32, '')
    """
    codes, found = pd.factorize(pd.Series(identifiers, dtype="object"))
    hashes = np.array([*(_hash(str(text), key) for text in found), ""], dtype=object)
    return hashes[codes]


def _hash(text: str, key: HashKey) -> str:
    plain = "".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).split())
    if not plain:
        return ""
    return hmac.new(key.secret, plain.encode(), hashlib.sha256).digest()[:HASH_BYTES].hex()
