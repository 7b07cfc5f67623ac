"""However many ask, few are waited for, and each picture is fetched once."""

from __future__ import annotations

from pathlib import Path
from threading import Event, Thread

import pytest

from articles.pictures.getting import FETCHING, IN_LINE, WAITING, Gallery, NotYet
from articles.pictures.keeping import Shelf
from articles.pictures.refused import Refused

from .files import picture

URL = "https://img.example/a.png"


class Publisher:
    """Answers when it is let."""

    def __init__(self, file: bytes = b"", *, at_once: bool = True) -> None:
        self.file = file
        self.asked: list[str] = []
        self.let = Event()
        self.busy, self.busiest = 0, 0
        if at_once:
            self.let.set()

    def fetch(self, url: str) -> bytes:
        self.asked.append(url)
        self.busy += 1
        self.busiest = max(self.busiest, self.busy)
        assert self.let.wait(10)
        self.busy -= 1
        if not self.file:
            raise Refused("there is none")
        return self.file


def gallery(folder: Path, publisher: Publisher) -> Gallery:
    return Gallery(Shelf(folder, 10_000_000), publisher)  # type: ignore[arg-type]


def until_done(gallery: Gallery, url: str) -> None:
    errand = gallery._under_way.get((url, 320))
    assert errand is None or errand.done.wait(10)


def test_a_picture_is_fetched_once_and_kept(tmp_path):
    publisher = Publisher(picture())
    found = gallery(tmp_path, publisher)
    first = found.get(URL, 320)
    assert first[8:12] == b"WEBP"
    assert found.get(URL, 320) == first
    assert gallery(tmp_path, publisher).get(URL, 320) == first
    assert publisher.asked == [URL]


@pytest.mark.parametrize("file", [b"", b"<svg/>"])
def test_what_cannot_be_had_is_not_asked_for_again_soon(tmp_path, file):
    publisher = Publisher(file)
    found = gallery(tmp_path, publisher)
    for width in (320, 320, 1200):
        with pytest.raises(Refused):
            found.get(URL, width)
    assert publisher.asked == [URL]


def test_who_waits_long_is_told_so_and_finds_it_later(tmp_path):
    publisher = Publisher(picture(), at_once=False)
    found = gallery(tmp_path, publisher)
    for _ in range(3):
        with pytest.raises(NotYet):
            found.get(URL, 320, patience_s=0)
    publisher.let.set()
    until_done(found, URL)
    assert found.get(URL, 320)
    assert publisher.asked == [URL]


def test_few_requests_wait_at_once_and_the_others_are_answered(tmp_path):
    publisher = Publisher(picture(), at_once=False)
    found = gallery(tmp_path, publisher)
    got: list[bytes] = []
    waiting = [
        Thread(target=lambda: got.append(found.get(URL, 320, patience_s=10)))
        for _ in range(WAITING)
    ]
    for thread in waiting:
        thread.start()
    while found._waiting._value:
        Event().wait(0.001)
    # These do not wait, as long as their patience is.
    for number in range(20):
        with pytest.raises(NotYet):
            found.get(f"{URL}?{number}", 320, patience_s=None)
    publisher.let.set()
    for thread in waiting:
        thread.join(10)
    assert len(got) == WAITING
    until_done(found, f"{URL}?19")
    assert publisher.busiest <= FETCHING
    assert len(publisher.asked) == 21


def test_the_line_is_bounded(tmp_path):
    publisher = Publisher(picture(), at_once=False)
    found = gallery(tmp_path, publisher)
    for number in range(3 * IN_LINE):
        with pytest.raises(NotYet):
            found.get(f"{URL}?{number}", 320, patience_s=0)
    assert len(found._under_way) == IN_LINE
    publisher.let.set()
    until_done(found, f"{URL}?{IN_LINE - 1}")
    assert len(publisher.asked) <= IN_LINE


def test_a_fault_of_ours_ends_no_worker(tmp_path, caplog):
    class Faulty(Publisher):
        def fetch(self, url: str) -> bytes:
            super().fetch(url)
            raise ZeroDivisionError

    found = gallery(tmp_path, Faulty(picture()))
    for number in range(2 * FETCHING):
        with pytest.raises(Refused):
            found.get(f"{URL}?{number}", 320, patience_s=10)
    assert "ZeroDivisionError" in caplog.text
