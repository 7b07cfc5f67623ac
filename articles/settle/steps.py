"""Brings everything derived up to date with the drops and the decisions.

What readers get is a function of both. Whoever changes either marks the pages
concerned as stale in the same transaction; `settle` derives them again. If a
process dies in between, the marks remain and the next run goes on from them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from articles.models import Page, Stale
from articles.models.bulk import chunks
from articles.models.writing import writing

from .figures import refresh
from .home import bring_home
from .index import index_pages
from .names import name_providers, providers_of
from .pages import derive_pages
from .standing import wake_waiting
from .stories import reached, regroup, store_words
from .visibility import show_or_hide
from .work import Effects, Work


def settle(*, now: datetime | None = None, effects: Effects | None = None) -> None:
    """Derive all stale pages, their stories and publishers again, or nothing.

    Where `effects` is given, what changes for readers is noted in it.
    """
    now = now or timezone.now()
    with writing():
        wake_waiting(now)
        content = _marked(Stale.CONTENT)
        providers = providers_of(content)
        moved = bring_home(content)
        stale, changed = _marked(Stale.STANDING), _marked(Stale.CONTENT)
        if stale:
            work = Work(effects or Effects(), providers, moved, seen=set(stale))
            _derive(stale, changed, work, now=now)
            _unmark(stale)


def _derive(stale: list[int], changed: list[int], work: Work, *, now: datetime) -> None:
    """The steps in order; `changed` are those stale pages whose content is."""
    touched = reached(changed)  # as it was
    for some in chunks(stale):
        derive_pages(some, work, now=now)
    show_or_hide(work)
    store_words(changed)
    touched |= reached(changed)  # as it is
    work.stories |= regroup(touched | work.retimed, moved=work.effects.moved)
    refresh(work.stories)
    name_providers(work.providers)
    index_pages(work.seen)


def _marked(least: Stale) -> list[int]:
    """Pages marked so much or more, by pk."""
    pages = Page.objects.stale().filter(stale__gte=least).order_by("pk")
    return list(pages.values_list("pk", flat=True))


def _unmark(stale: Iterable[int]) -> None:
    for some in chunks(stale):
        Page.objects.filter(pk__in=some).update(stale=Stale.NO)
