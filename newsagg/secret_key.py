"""The key that signs editors' sessions: from the environment, or from a file.

`python -m newsagg.secret_key` writes the file where there is neither.
"""

from __future__ import annotations

import hmac
import os
import secrets
import sys
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from .environment import env, var_dir

NAME = "secret_key"


def secret_key(folder: Path, *, debug: bool) -> str:
    """The key that is given, else the one that was written; never a default.

    Raises ImproperlyConfigured where there is none.
    """
    key = str(env.str("SECRET_KEY", "")) or _written(folder / NAME)
    if not key and debug:
        return "only for development, since DEBUG is on"
    if not key:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set. Give it in the environment, or run `make run` "
            f"once: it writes one to {folder / NAME}."
        )
    return key


def derived(key: str, purpose: str) -> str:
    """A key for one purpose, from which the other cannot be told."""
    return hmac.digest(key.encode(), purpose.encode(), "sha256").hex()


def write(folder: Path) -> None:
    """Write a key into the folder, for its owner alone, where no key is."""
    file = folder / NAME
    if _written(file):
        return
    made = os.open(file, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    with os.fdopen(made, "w", encoding="ascii") as key:
        key.write(secrets.token_urlsafe(50) + "\n")


def _written(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"{file} cannot be read: {error}.") from None


if __name__ == "__main__":
    try:
        if not env.str("SECRET_KEY", ""):
            write(var_dir())
    except (ImproperlyConfigured, OSError) as failed:
        sys.exit(f"newsagg: {failed}")
