"""What pages are made by besides the database: one word that differs with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import django
from django.conf import settings

APP = Path(__file__).resolve().parent
# What the words and drawings of a page pass through on their way to its template.
SPELLING = tuple(
    APP / name
    for name in (
        "templatetags",
        "rules",
        "drawing",
        "clustering",
        "library",
        "rendering",
        "selectors",
    )
)
# The key of their addresses goes into a word that tells nobody what it is.
OF_PICTURES = ("IMAGES", "PICTURES_KEY")
SETTINGS = (
    "LANGUAGE_CODE",
    "TIME_ZONE",
    "HALF_LIFE",
    "SITE_NAME",
    "SITE_URL",
    *OF_PICTURES,
)


def fingerprint(*code: Path, shown: tuple[str, ...] = SETTINGS) -> str:
    """A word for the templates, these folders of code and the settings `shown`.

    What was rendered and kept under another one is not what would be rendered now.
    Without folders they are those that spell what templates show.
    """
    if settings.DEBUG:
        read_again()  # templates are edited while the process runs
    return _fingerprint(code, tuple((name, getattr(settings, name)) for name in shown))


@cache
def _fingerprint(code: tuple[Path, ...], shown: tuple[tuple[str, object], ...]) -> str:
    made = blake2b(django.__version__.encode(), digest_size=12)
    for name, value in shown:
        made.update(f"{name}={value!r}\n".encode())
    for place, file in _files(code or SPELLING):
        text = file.read_bytes()
        made.update(f"{place} {len(text)}\n".encode())
        made.update(text)
    return made.hexdigest()


def read_again() -> None:
    """Let files be read again that were changed while the process runs."""
    _fingerprint.cache_clear()


def _files(code: Iterable[Path]) -> Iterator[tuple[Path, Path]]:
    """Templates and modules with their names in their folders, in one order."""
    engines: list[dict[str, Any]] = settings.TEMPLATES
    templates = [Path(folder) for engine in engines for folder in engine["DIRS"]]
    for folder, pattern in [
        *((folder, "*.*") for folder in templates),
        *((folder, "*.py") for folder in code),
    ]:
        for file in sorted(folder.rglob(pattern)):
            yield file.relative_to(folder), file
