"""Writing files that are whole or not there."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def write_whole(path: Path, raw: bytes) -> None:
    """Write a file; until it is complete, what was there stays. Raises OSError."""
    begun = _begin(path.parent)
    try:
        begun.write_bytes(raw)
        os.replace(begun, path)
    except BaseException as error:
        if isinstance(error, OSError):
            # Writing does not say where; and the name that was asked for tells more.
            error.filename, error.filename2 = str(path), None
        with suppress(OSError):
            begun.unlink()
        raise


def try_writing(folder: Path) -> None:
    """Raise OSError where no file can be written in a folder."""
    _begin(folder).unlink()


def _begin(folder: Path) -> Path:
    """A new file with a short name, so that the long names of drops find room."""
    begun = folder / f".{os.getpid()}.part"
    begun.unlink(missing_ok=True)
    os.close(os.open(begun, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666))
    return begun
