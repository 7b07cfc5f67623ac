"""Newer rules of reading, and drops to be read again by them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from articles.drops import drop as drop_rules
from articles.drops.problems import Problem
from articles.drops.reading import Reading, read_drop
from articles.ingest import reread
from articles.ingest.storing import fields
from articles.tests.make import NOW, import_drops, make_drop, related_entry

from .state import site_state
from .worlds import world

LATER = NOW + timedelta(days=1)
LINK = "https://press.example/linked"
Rules = Callable[[], AbstractContextManager[None]]


@contextmanager
def shouted_titles() -> Iterator[None]:
    """Newer rules, by which the words of drops and of their lists are in capitals."""
    clean = fields.clean_text
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drop_rules, "READING_VERSION", drop_rules.READING_VERSION + 1)
        patch.setattr(fields, "clean_text", lambda text: clean(text).upper())
        yield


@contextmanager
def richer_entries() -> Iterator[None]:
    """Newer rules, by which entries hold more than they did: other digests."""
    usual = drop_rules.hashlib.blake2b
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drop_rules, "READING_VERSION", drop_rules.READING_VERSION + 1)
        patch.setattr(
            drop_rules,
            "hashlib",
            SimpleNamespace(blake2b=lambda held, **size: usual(b"2" + held, **size)),
        )
        yield


@contextmanager
def stricter_rules() -> Iterator[None]:
    """Newer rules, by which drops about a strike are refused."""

    def read(raw: bytes, **more: Any) -> Reading:
        if b"strike" not in raw:
            return read_drop(raw, **more)
        return Reading(None, (Problem(2, 8, "title", "error", "no strikes"),))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drop_rules, "READING_VERSION", drop_rules.READING_VERSION + 1)
        patch.setattr(reread, "read_drop", read)
        yield


def drops_with_lists(number: int = 6) -> dict[str, bytes]:
    """Drops that name each other, one page in common, and its twins."""
    drops = {
        f"{n}.txt": make_drop(
            title=f"Day {n} of the talks",
            webUrl=f"https://press.example/{n}",
            ampWebUrl=f"https://amp.example/{n}" if n % 2 else None,
            published=bool(n % 3),
            related=[
                related_entry(LINK, title="Ships are waiting"),
                related_entry(f"https://press.example/{n + 1}", title=f"Day {n + 1}"),
            ],
        )
        for n in range(number)
    }
    twins = {f"{name}.txt": make_drop(title=name, webUrl=LINK) for name in ("a", "b")}
    return drops | twins


def imported_afresh(drops: dict[str, bytes], rules: Rules) -> Any:
    """The state of a site that never knew other rules."""
    with rules(), world():
        import_drops(drops)
        return site_state()


def read_again(**given: Any) -> tuple[reread.Reread, list[str]]:
    told: list[str] = []
    done = reread.reread(
        now=LATER, refuse=lambda problem: told.append(str(problem)), **given
    )
    return done, told
