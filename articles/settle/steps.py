"""Brings everything derived up to date with the drops and the decisions.

What readers get is a function of both. Whoever changes either marks the pages
concerned as stale in the same transaction. `settle` then takes the marked pages up,
some at a time: a step derives all that follows from its pages and takes their marks
away, in one short transaction. So an editor waits for one step at most, and a process
that dies leaves whole steps done and the other marks where they are.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from functools import partial

from django.db.models import Q
from django.utils import timezone

from articles.models import Page, Stale
from articles.models.bulk import chunks
from articles.models.writing import writing

from .arrivals import give_words
from .figures import refresh
from .home import bring_home
from .index import index_pages
from .names import name_providers, providers_of
from .pages import derive_pages
from .standing import wake_waiting
from .stories import moved_since, regroup
from .unused import remove_unused
from .visibility import show_or_hide
from .work import Effects, Work

STEP = 100  # pages that a step begins with; more where they hang together
# Marked pages that are looked up at once: what a settling takes in memory.
WINDOW = 20_000
MARKED_AT_ONCE = 5_000


def settle(
    *,
    now: datetime | None = None,
    effects: Effects | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> bool:
    """Derive all stale pages, their stories and publishers again, step by step.

    Returns whether all was done: `stop` is asked before each step, and what it leaves
    is taken up by the next settling. Where `effects` is given, what changes for
    readers is noted in it.
    """
    now = now or timezone.now()
    noted = effects or Effects()
    with writing():
        wake_waiting(now)
    steps = 0
    for step in _steps(noted, now):
        if stop():
            return False
        with writing():
            step()
        steps += 1
    if steps:
        with writing():
            remove_unused()
    if effects:
        effects.moved += moved_since(effects.left)
    return True


def mark_all() -> None:
    """Mark all pages to be derived again, some at a time."""
    last = 0
    while pks := list(
        Page.objects.filter(pk__gt=last)
        .order_by("pk")
        .values_list("pk", flat=True)[:MARKED_AT_ONCE]
    ):
        last = pks[-1]
        with writing():
            some = Page.objects.filter(pk__gte=pks[0], pk__lte=last)
            some.exclude(stale=Stale.CONTENT).update(stale=Stale.CONTENT)


def settle_pages(pages: Collection[int], *, now: datetime) -> None:
    """Derive these pages again and what follows from them, whatever else is stale.

    It is a part of the caller's transaction.
    """
    with writing():
        _settle_some(pages, Effects(), set(), now=now)


def _steps(effects: Effects, now: datetime) -> Iterator[Callable[[], None]]:
    """What is to be done, in the order of time: what hangs together is near."""
    after = 0
    while new := _arrived(after):
        for some in chunks(new, STEP):
            yield partial(give_words, some)
        after = new[-1]
    while marked := _marked():
        recut: set[int] = set()
        for some in chunks(marked, STEP):
            yield partial(_settle_some, some, effects, recut, now=now)


def _arrived(after: int) -> list[int]:
    """Marked pages that were never derived, by pk."""
    new = Page.objects.stale().filter(published_at=None, pk__gt=after).order_by("pk")
    return list(new.values_list("pk", flat=True)[:WINDOW])


def _marked() -> list[int]:
    marked = Page.objects.stale().order_by("published_at", "pk")
    return list(marked.values_list("pk", flat=True)[:WINDOW])


def _settle_some(
    pages: Collection[int], effects: Effects, recut: set[int], *, now: datetime
) -> None:
    """One step: derive these pages, if they are stale, and all that follows."""
    marks = _with_company(pages)
    if not marks:
        return
    content = {pk for pk, stale in marks.items() if stale == Stale.CONTENT}
    work = Work(effects, providers_of(content))
    work.moved = _bring_home(content)
    work.pages = marks.keys() | content
    work.seen = set(work.pages)
    for some in chunks(sorted(work.pages)):
        derive_pages(some, work, now=now)
    show_or_hide(work)
    regroup(content & work.pages, work, recut)
    refresh(work.stories)
    name_providers(work.providers)
    index_pages(work.pages | work.shown)
    for some in chunks(sorted(work.pages)):
        Page.objects.filter(pk__in=some).update(stale=Stale.NO)


def _with_company(pages: Collection[int]) -> dict[int, int]:
    """How stale those of the pages are that are, and stale pages of their stories."""
    found: dict[int, int] = {}
    for some in chunks(pages):
        stories = Page.objects.filter(pk__in=some).exclude(story=None).values("story")
        company = Page.objects.stale().filter(Q(pk__in=some) | Q(story__in=stories))
        found |= dict(company.values_list("pk", "stale"))
    return found


def _bring_home(content: set[int]) -> dict[int, int]:
    """Let the facts about pages be at the pages they belong to; return old to new.

    The pages that facts come to or leave are added to `content`.
    """
    moved: dict[int, int] = {}
    new = set(content)
    while new:
        latest = bring_home(sorted(new))
        moved |= latest
        new = {*latest.keys(), *latest.values()} - content
        content |= new
    return moved
