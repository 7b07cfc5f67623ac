"""A picture for a reader: kept, or fetched now by somebody who has the time.

Pictures are fetched by a few threads of their own. A request waits for its picture a
moment, and few of them do at once, so that pages go on being answered whatever
publishers' servers do; who is not waited for is there the next time it is asked for.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from queue import SimpleQueue
from threading import BoundedSemaphore, Event, Lock, Thread

from django.conf import settings

from .fetching import Fetching
from .keeping import Shelf
from .refused import Refused
from .shrinking import shrunk

FETCHING = 4  # pictures at a time, in each process
WAITING = 2  # requests at a time, in each process: half of its threads
PATIENCE_S = 2.0
IN_LINE = 64  # pictures that are under way or wait to be, at the most


class NotYet(Exception):
    """The picture is on its way, or too many are: it may be asked for again."""


@dataclass(slots=True)
class _Errand:
    url: str
    width: int
    done: Event = field(default_factory=Event)
    picture: bytes = b""  # empty: it could not be had


class Gallery:
    """Pictures by their addresses, in the sizes that pages use."""

    def __init__(self, shelf: Shelf, fetching: Fetching) -> None:
        self.shelf = shelf
        self.fetching = fetching
        self._line: SimpleQueue[_Errand] = SimpleQueue()
        self._under_way: dict[tuple[str, int], _Errand] = {}
        self._lock = Lock()
        self._workers = 0
        self._waiting = BoundedSemaphore(WAITING)

    def get(
        self, url: str, width: int, *, patience_s: float | None = PATIENCE_S
    ) -> bytes:
        """The picture at an address, so wide; raises Refused or NotYet."""
        if found := self.shelf.get(url, width):
            return found
        if self.shelf.has_failed(url):
            raise Refused("the picture could not be had a while ago")
        errand = self._begun(url, width)
        if not self._waiting.acquire(blocking=False):
            raise NotYet
        try:
            if not errand.done.wait(patience_s):
                raise NotYet
        finally:
            self._waiting.release()
        if not errand.picture:
            raise Refused("the picture could not be had")
        return errand.picture

    def get_ahead(self, urls: Iterable[str], widths: Sequence[int]) -> tuple[int, int]:
        """Let pictures be there when readers come; return how many are, and are not."""
        with ThreadPoolExecutor(FETCHING) as workers:
            had = list(workers.map(lambda url: self._ahead(url, widths), urls))
        return had.count(True), had.count(False)

    def _ahead(self, url: str, widths: Sequence[int]) -> bool:
        wanted = [width for width in widths if self.shelf.get(url, width) is None]
        if wanted and not self.shelf.has_failed(url):
            self._fetched(url, wanted)
        return not self.shelf.has_failed(url)

    def _begun(self, url: str, width: int) -> _Errand:
        """The errand for a picture: one for all who ask for it meanwhile."""
        with self._lock:
            known = self._under_way.get((url, width))
            if known is not None:
                return known
            if len(self._under_way) >= IN_LINE:
                raise NotYet
            errand = self._under_way[url, width] = _Errand(url, width)
            if self._workers < FETCHING:
                self._workers += 1
                # Nobody waits for these when the process ends.
                Thread(target=self._work, name="pictures", daemon=True).start()
        self._line.put(errand)
        return errand

    def _work(self) -> None:
        while True:
            errand = self._line.get()
            try:
                errand.picture = self._fetched(errand.url, [errand.width])
            except Exception:
                logging.getLogger("newsagg").exception("a picture is not got")
            finally:
                with self._lock:
                    del self._under_way[errand.url, errand.width]
                errand.done.set()

    def _fetched(self, url: str, widths: Sequence[int]) -> bytes:
        """Fetch a picture and keep it; the first of its sizes, b"" if there is none."""
        try:
            file = self.fetching.fetch(url)
            made = [shrunk(file, width) for width in widths]
        except Refused as refused:
            self.shelf.put_failure(url, str(refused))
            return b""
        for width, picture in zip(widths, made, strict=True):
            self.shelf.put(url, width, picture)
        return made[0]


@cache
def gallery() -> Gallery:
    """The pictures of this site, as this process gets them."""
    return Gallery(shelf(), Fetching())


def shelf() -> Shelf:
    """Where this site keeps pictures."""
    return Shelf(settings.VAR_DIR / "pictures", settings.PICTURES_MB * 1024 * 1024)
