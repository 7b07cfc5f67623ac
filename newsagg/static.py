"""Stylesheets and scripts as `collectstatic` left them, or else as they lie about."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, Storage
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

WHOLE = "css/site.css"
_IMPORT = re.compile(r'@import "([^"]+)";\n')


# Whitenoise ships no types, which mypy minds of what is made from its classes.
class _ForTheSameReaders(Compressor):  # type: ignore[misc]
    """Whoever may read a file may read it compressed, and nobody else."""

    def write_data(
        self, path: str, data: bytes, suffix: str, stat_result: os.stat_result
    ) -> str:
        written: str = super().write_data(path, data, suffix, stat_result)
        os.chmod(written, stat.S_IMODE(stat_result.st_mode))
        return written


class CollectedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Hashed names for what was collected, plain names for what was not.

    A page without the latest stylesheet is better than none: where nothing was
    collected, or not since an update, files are served from where they lie.
    """

    # Modules ask for each other by their hashed names, too.
    support_js_module_import_aggregation = True

    def load_manifest(self) -> tuple[dict[str, str], str]:
        try:
            paths, digest = super().load_manifest()
        except (AttributeError, OSError, ValueError):
            return {}, ""  # cut short, or no manifest at all
        return (paths, digest) if isinstance(paths, dict) else ({}, "")

    def stored_name(self, name: str) -> str:
        try:
            return str(super().stored_name(name))
        except ValueError:
            return name

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[Any]:
        """Put the stylesheets that `site.css` takes in into it, before it is hashed.

        A page then asks for one file, and whoever edits styles has many small ones.
        """
        if WHOLE in paths and not dry_run:
            # The copy under its plain name stays that of the checkout.
            memory = InMemoryStorage()
            memory.save(WHOLE, ContentFile(_whole(*paths[WHOLE]).encode()))
            paths = paths | {WHOLE: (memory, WHOLE)}
        yield from super().post_process(paths, dry_run, **options)

    def create_compressor(self, **given: Any) -> Compressor:
        return _ForTheSameReaders(**given)


def _whole(storage: Storage, name: str) -> str:
    """A stylesheet with those that it imports in their places."""

    def read(path: str) -> str:
        with storage.open(path) as sheet:
            return str(sheet.read().decode("utf-8"))

    folder = Path(name).parent
    return _IMPORT.sub(lambda found: read(str(folder / found[1])), read(name))
