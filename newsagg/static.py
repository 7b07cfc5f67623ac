"""Stylesheets and scripts as `collectstatic` left them, or else as they lie about."""

from __future__ import annotations

import os
import stat
from typing import Any

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


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

    def create_compressor(self, **given: Any) -> Compressor:
        return _ForTheSameReaders(**given)
