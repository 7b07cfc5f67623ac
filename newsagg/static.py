"""Stylesheets and scripts as `collectstatic` left them, or else as they lie about."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, Storage
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

from .scripts import joined

WHOLE = "css/site.css"
WHOLE_SCRIPT = "js/site.js"
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
        """Put what `site.css` and `site.js` take in into them, before they are hashed.

        A page then asks for one file of each, and who edits them has many small ones.
        """
        for name, whole in ((WHOLE, _whole), (WHOLE_SCRIPT, _whole_script)):
            if name in paths and not dry_run:
                # The copy under its plain name stays that of the checkout.
                memory = InMemoryStorage()
                memory.save(name, ContentFile(whole(*paths[name]).encode()))
                paths = paths | {name: (memory, name)}
        yield from super().post_process(paths, dry_run, **options)

    def create_compressor(self, **given: Any) -> Compressor:
        return _ForTheSameReaders(**given)


def _whole(storage: Storage, name: str) -> str:
    """A stylesheet with those that it imports in their places."""
    read = _reader(storage, name)
    return _IMPORT.sub(lambda found: read(found[1]), read(Path(name).name))


def _whole_script(storage: Storage, name: str) -> str:
    """A module with those that it imports, as one."""
    return joined(Path(name).stem, _reader(storage, name))


def _reader(storage: Storage, beside: str) -> Callable[[str], str]:
    """Reads files by their paths from the folder of another."""
    folder = Path(beside).parent

    def read(path: str) -> str:
        with storage.open(str(folder / path)) as file:
            return str(file.read().decode("utf-8"))

    return read
