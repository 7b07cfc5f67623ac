"""One process and all it starts: what CPU they took and how much memory they held."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import tempfile
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

EVERY_S = 0.02
PAGE = os.sysconf("SC_PAGE_SIZE")
MB = 1_000_000


class BenchFailed(Exception):
    """What was to be measured did not do its work; the message says what it said."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A process that has ended."""

    cpu_s: float  # user + system, of it and of every child it waited for
    peak_mb: float
    stdout: str


def run(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str],
    cwd: Path,
    codes: Sequence[int] = (0,),
    watch_memory: bool = False,
) -> Finished:
    """Run a command to its end; any exit code but `codes` is a BenchFailed.

    `peak_mb` is that of the largest single process, unless the memory is watched:
    then all processes of the tree are added up, time after time.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        # Streams to files: a pipe nobody reads would stop the child.
        child = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            env=dict(env),
            cwd=cwd,
            start_new_session=True,
        )
        watch = _Watch(child.pid) if watch_memory else None
        try:
            used = _wait(child)
        finally:
            sampled = watch.end() if watch else 0
        if child.returncode not in codes:
            raise BenchFailed(_last_words(command, child.returncode, _text(err)))
        return Finished(
            cpu_s=used.ru_utime + used.ru_stime,
            peak_mb=max(sampled, used.ru_maxrss * 1024) / MB,
            stdout=_text(out),
        )


def _wait(child: subprocess.Popen[bytes]) -> resource.struct_rusage:
    """What it used, once it has ended; who stops waiting ends it."""
    try:
        _, status, used = os.wait4(child.pid, 0)
    except BaseException:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        raise
    child.returncode = os.waitstatus_to_exitcode(status)
    return used


class _Watch:
    """Adds up the resident memory of a process tree until it is told to end.

    Pages that processes share count once for each: the sum is never too small.
    """

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.peak = 0
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self._sample, daemon=True)
        self.thread.start()

    def end(self) -> int:
        """The most bytes seen at one time."""
        self.ended.set()
        self.thread.join()
        return self.peak

    def _sample(self) -> None:
        while not self.ended.wait(EVERY_S):
            self.peak = max(self.peak, sum(map(_resident, _tree(self.pid))))


def cpu_of_tree(pid: int) -> float:
    """CPU seconds that a process and those below it have used, to the microsecond."""
    return sum(map(_cpu, _tree(pid)))


def _cpu(pid: int) -> float:
    """Of all its threads; `schedstat` tells nanoseconds, `stat` only hundredths."""
    taken = 0
    for told in Path(f"/proc/{pid}/task").glob("*/schedstat"):
        try:
            taken += int(told.read_text().split()[0])
        except (OSError, IndexError):
            continue  # It ended while we looked.
    return taken / 1e9


def _tree(pid: int) -> list[int]:
    found = [pid]
    for one in found:  # grows as it is read
        for children in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                found += map(int, children.read_text().split())
            except OSError:
                continue  # It ended while we looked.
    return found


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
    except (OSError, IndexError):
        return 0


def _text(stream: object) -> str:
    assert hasattr(stream, "seek") and hasattr(stream, "read")
    stream.seek(0)
    return str(stream.read(), "utf-8", "replace")


def _last_words(command: Sequence[str | Path], code: int, err: str) -> str:
    said = [line for line in err.splitlines() if line.strip()]
    words = " ".join(str(part) for part in command[1:4])
    return f"{words} ended with {code}: {said[-1] if said else 'without a word'}"
