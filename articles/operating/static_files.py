"""Whether stylesheets and scripts were collected, all of them and as they are now."""

from __future__ import annotations

import filecmp
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import staticfiles_storage

from articles.rules.phrasing import counted

from .finding import Finding

COLLECT = "Run manage.py collectstatic --noinput, then start the server again."


def static_findings() -> Iterator[Finding]:
    """What of the checkout is not in the folder that servers serve."""
    if settings.DEBUG:
        return
    hashed: dict[str, str] = getattr(staticfiles_storage, "hashed_files", {})
    if not hashed:
        yield Finding(
            f"Static files are not collected in {settings.STATIC_ROOT}.",
            "Browsers are sent them uncompressed and cannot keep them.",
            COLLECT,
        )
        return
    due = sorted(
        name for name, path in _sources() if not _collected(name, path, hashed)
    )
    if due:
        yield Finding(
            f"{counted(len(due), 'static file')} not collected since an update: "
            f"{due[0]}.",
            "Pages come with files of an older version.",
            COLLECT,
        )


def _sources() -> Iterator[tuple[str, Path]]:
    """Every static file by its name; of several with one name the first is served."""
    found: dict[str, Path] = {}
    for finder in get_finders():
        for name, storage in finder.list(None):
            found.setdefault(name, Path(storage.path(name)))
    yield from found.items()


def _collected(name: str, source: Path, hashed: dict[str, str]) -> bool:
    root = Path(settings.STATIC_ROOT)
    copied, served = root / name, root / hashed.get(name, "missing")
    return (
        copied.is_file()
        and served.is_file()
        and filecmp.cmp(source, copied, shallow=False)
    )
