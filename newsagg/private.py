"""Files and folders that nobody but the site's own user may open, whatever its umask.

SQLite gives the companions of a database (`-wal`, `-shm`) the mode of the database, so
that a file which is there before it is opened is all that they need.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path

OTHERS = 0o077


def make_folder(folder: Path) -> None:
    """Let a folder be there, made for its owner alone; raises OSError."""
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700, parents=True)
    if not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, "there is a file of that name")


def make_file(file: Path) -> None:
    """Let a file be there, made for its owner alone, where its folder can be written.

    Where it cannot, whoever comes to use the file says so.
    """
    with suppress(OSError):
        made = os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC
        os.close(os.open(file, made, 0o600))


def tighten(path: Path) -> None:
    """Take what others may do with a file or folder of ours away."""
    with suppress(OSError):
        held = path.lstat()
        usual = stat.S_ISREG(held.st_mode) or stat.S_ISDIR(held.st_mode)
        if usual and held.st_uid == os.geteuid() and held.st_mode & OTHERS:
            path.chmod(stat.S_IMODE(held.st_mode) & ~OTHERS)


def tighten_folder(folder: Path, *, shared_with: Path) -> None:
    """The same for a folder and what lies in it, where it is the site's alone.

    One that holds the checkout (`shared_with`), somebody's home or anybody's files
    (`/tmp`) was not made for the site, and is left as it is.
    """
    with suppress(OSError, RuntimeError):
        sticky = folder.stat().st_mode & stat.S_ISVTX
        held = (shared_with, Path.home())
        if not sticky and not any(one.is_relative_to(folder) for one in held):
            tighten(folder)
            for path in folder.iterdir():
                tighten(path)
