"""Brings everything derived up to date with the drops and the decisions.

What readers get is a function of both. Whoever changes either marks the pages
concerned as stale in the same transaction. `settle` then takes the marked pages up,
some at a time: a step derives all that follows from its pages and takes their marks
away, in one short transaction. So an editor waits for one step at most, and a process
that dies leaves whole steps done and the other marks where they are.
"""

from __future__ import annotations

import time
from collections.abc import (
    Callable,
    Collection,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
    Set,
)
from datetime import datetime
from functools import partial

from django.db.models import Q
from django.utils import timezone

from articles.models import Page, Stale, Story
from articles.models.bulk import among, chunks
from articles.models.publication import move_publication
from articles.models.writing import writing

from .arrivals import give_words
from .counts import count_publishers, count_waiting
from .figures import refresh
from .home import bring_home
from .index import index_pages
from .names import name_providers, providers_of
from .pace import ALONE_S, MOST, Pace
from .pages import derive_pages
from .readers import reaches_readers
from .rendered import empty_named_together, render_few, render_waiting
from .standing import wake_waiting
from .stories import Progress, moved_since, regroup_pages
from .suggestions import judge_few, judge_later, judge_waiting
from .unused import remove_unused
from .visibility import show_or_hide
from .work import Effects, Work

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
    # Nobody waits where there is nothing yet to decide about, nor in the copy of the
    # database that a dry run has.
    alone = effects is not None or not Story.objects.exists()
    pace = Pace(MOST, aim_s=ALONE_S) if alone else Pace()
    for step in _steps(noted, pace, now):
        if stop():
            return False
        begun = time.process_time()
        with writing():
            step()
        pace.note(time.process_time() - begun)
    if pace.steps:
        with writing():
            remove_unused()
    count_waiting()
    if effects:
        effects.moved += moved_since(effects.left)
        return True
    return render_waiting(pace.aim_s, stop) and judge_waiting(pace.aim_s, stop)


def settle_pages(
    pages: Collection[int],
    *,
    now: datetime,
    regroup: Collection[int] = (),
    wholly: bool = False,
) -> None:
    """Derive again whether readers may see these pages, whatever else is stale.

    It is a part of the caller's transaction. Pages to `regroup` are put into their
    stories again as well. What else an import left to be derived of the pages is
    left to the next settling, but of those that were never derived, or `wholly`.
    """
    with writing(alone=False):
        marks = _marks(Q(pk__in=among(some)) for some in chunks({*pages, *regroup}))
        left = set() if wholly else _derived_before(marks)
        work = Work(Effects(), {*pages, *regroup}, now, regrouped=set(regroup))
        # Explanations say what editors laid down, whatever else follows from it.
        work.published = reaches_readers(regroup)
        _settle_some(work, marks, Progress(), left=left, now=now)
        count_publishers(work.counts.days)
        judge_later(work.stories, regrouped=bool(regroup))
        if regroup:
            judge_few(work.stories)
        render_few(work.stories)


def mark_all() -> None:
    """Mark all pages to be derived again, some at a time."""
    last = 0
    while pks := list(
        Page.objects.filter(pk__gt=last)
        .order_by("pk")
        .values_list("pk", flat=True)[:MARKED_AT_ONCE]
    ):
        with writing():
            some = Page.objects.filter(pk__gt=last, pk__lte=pks[-1])
            some.exclude(stale=Stale.CONTENT).update(stale=Stale.CONTENT)
        last = pks[-1]


def _steps(effects: Effects, pace: Pace, now: datetime) -> Iterator[Callable[[], None]]:
    """What is to be done, in the order of time: what hangs together is near."""
    progress = Progress(
        of_all=not Page.objects.exclude(stale=Stale.CONTENT).exists(),
        lists=Page.objects.stale().filter(stale=Stale.CONTENT).count(),
    )
    after = 0
    while new := _arrived(after):
        for some in pace.cut(new):
            yield partial(give_words, some)
        after = new[-1]
    while marked := _marked():
        for some in pace.cut(marked):
            yield partial(_step, some, effects, progress, now=now)


def _arrived(after: int) -> list[int]:
    """Marked pages that were never derived, by pk."""
    new = Page.objects.stale().filter(published_at=None, pk__gt=after).order_by("pk")
    return list(new.values_list("pk", flat=True)[:WINDOW])


def _marked() -> list[int]:
    marked = Page.objects.stale().order_by("published_at", "pk")
    return list(marked.values_list("pk", flat=True)[:WINDOW])


def _step(
    pages: Sequence[int], effects: Effects, progress: Progress, *, now: datetime
) -> None:
    """Derive these pages, if they are stale still, and all that follows."""
    marks = _with_company(pages)
    if marks:
        progress.check()
        work = Work(effects, set(marks), now)
        _settle_some(work, marks, progress, now=now)
        judge_later(work.stories, regrouped=True)


def _settle_some(
    work: Work,
    marks: Mapping[int, int],
    progress: Progress,
    *,
    left: Set[int] = frozenset(),
    now: datetime,
) -> None:
    """Derive the pages of a step; `left` are those whose content waits further."""
    content = {pk for pk, stale in marks.items() if stale == Stale.CONTENT} - left
    work.providers = providers_of(content)
    work.moved = _bring_home(content)
    work.content = content
    work.reworded = {*work.moved.keys(), *work.moved.values()}
    work.pages |= content
    work.seen = set(work.pages)
    work.published = work.published or reaches_readers(work.reworded)
    waiting = {pk for pk, stale in marks.items() if stale == Stale.STORY} | content
    for some in chunks(sorted(work.pages)):
        derive_pages(some, work, left=left, now=now)
    show_or_hide(work)
    regroup_pages(waiting, work, progress)
    refresh(work.stories, work)
    work.stories |= empty_named_together(work.speakers, work.shown)
    name_providers(work.providers)
    found_otherwise = index_pages(work.pages | work.shown | work.titled)
    for some in chunks(sorted(work.pages - left)):
        Page.objects.filter(pk__in=among(some)).update(stale=Stale.NO)
    work.counts.write()
    if work.published or found_otherwise:
        move_publication()


def _with_company(pages: Sequence[int]) -> dict[int, int]:
    """How stale those of the pages are that are, and stale pages of their stories."""
    stories = (
        Page.objects.filter(pk__in=among(pages)).exclude(story=None).values("story")
    )
    return _marks([Q(pk__in=among(pages)) | Q(story__in=stories)])


def _marks(which: Iterable[Q]) -> dict[int, int]:
    """How stale pages are, by pk; of those that are."""
    found: dict[int, int] = {}
    for some in which:
        found |= dict(Page.objects.stale().filter(some).values_list("pk", "stale"))
    return found


def _derived_before(marks: Mapping[int, int]) -> set[int]:
    """Of pages whose content is stale, those that were derived before."""
    stale = [pk for pk, mark in marks.items() if mark == Stale.CONTENT]
    return {
        pk
        for some in chunks(stale)
        for pk in Page.objects.filter(pk__in=among(some))
        .exclude(story=None)
        .values_list("pk", flat=True)
    }


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
