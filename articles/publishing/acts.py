"""How an act is written down, put into effect and taken back: all of it together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils import timezone

from articles.library.decisions import (
    CHOICE_KINDS,
    EDIT_KINDS,
    PAIR_KINDS,
    READERS,
    moment,
    pages_of,
)
from articles.library.standing import about
from articles.models import Article, Decision, Page
from articles.models.bulk import chunks
from articles.models.writing import writing
from articles.settle import judge_of, settle_pages
from articles.settle.due import keep_next_due

from .decisions import (
    Author,
    Subject,
    author_fields,
    mark_pages_of,
    new_act,
    subject_names,
)
from .sides import PageDecision

Kind = Decision.Kind


def record_act(decisions: Sequence[PageDecision], *, by: Author, why: str) -> str:
    """Record an act and put it into effect; return its id."""
    now = timezone.now()
    act = new_act()
    made = [_decision(one, act=act, at=now, by=by, why=why) for one in _once(decisions)]
    with writing():
        Decision.objects.bulk_create(made, batch_size=500)
        derive(made, now=now)
    return act


def undo(act: str, *, by: Author = None) -> int:
    """Take an act back, all of it; return how many decisions that were."""
    now = timezone.now()
    with writing():
        undone = list(Decision.objects.standing().filter(act=act)) if act else []
        for some in chunks([one.pk for one in undone]):
            Decision.objects.filter(pk__in=some).update(
                undone_at=now, undone_by=author_fields(by)["author"], due_at=None
            )
        derive(undone, now=now)
        if plans := [one for one in undone if one.kind == Kind.PUBLISH_AT]:
            _plan_again(_pages_of(plans), now=now)
            keep_next_due()
    return len(undone)


def derive(made: Sequence[Decision], *, now: datetime) -> None:
    """Derive again what decisions are about: pages, their words, their stories."""
    shown = mark_pages_of(one for one in made if one.kind in READERS)
    edited = _pages_of(one for one in made if one.kind in EDIT_KINDS)
    if edited:
        settle_pages(edited, wholly=True, now=now)
    bound = _pages_of(one for one in made if one.kind in PAIR_KINDS)
    concerned = [one for one in made if one.kind in (*PAIR_KINDS, *CHOICE_KINDS)]
    concerned += [one for one in made if one.kind == Kind.ADDRESS]
    # Who had an address before may have it again, or has it no more.
    addresses = {one.value for one in made if one.kind == Kind.ADDRESS}
    concerned += Decision.objects.filter(kind=Kind.ADDRESS, value__in=addresses)
    bearing = Page.objects.filter(public_id__in=addresses)
    pages = shown | _pages_of(concerned) | set(bearing.values_list("pk", flat=True))
    if pages:
        settle_pages(pages, regroup=bound, now=now)
    if dismissed := _pages_of(one for one in made if one.kind == Kind.DISMISS):
        judge_of(dismissed)


def _plan_again(pages: Iterable[int], *, now: datetime) -> None:
    """Let plans wait again whose place others had taken."""
    latest = {one.page: one for one in about([Kind.PUBLISH_AT], pages)}
    for one in latest.values():
        due = moment(one.value)
        if due and due > now:
            Decision.objects.filter(pk=one.pk).update(due_at=due)


def page_of(subject: Subject) -> Page:
    """The page of an article, or itself."""
    return subject.page if isinstance(subject, Article) else subject


def _pages_of(made: Iterable[Decision]) -> set[int]:
    return set(pages_of(made).values())


def _once(decisions: Iterable[PageDecision]) -> list[PageDecision]:
    """Of several decisions on one pair only the first; all of an act agrees."""
    found: dict[object, PageDecision] = {}
    for one in decisions:
        paired = one.kind in PAIR_KINDS
        pair = frozenset((one.page, one.other)) if paired else one
        found.setdefault(pair, one)
    return list(found.values())


def _decision(
    one: PageDecision, *, act: str, at: datetime, by: Author, why: str
) -> Decision:
    source, url = subject_names(one.page)
    other_source, other_url = subject_names(one.other) if one.other else ("", "")
    return Decision(
        kind=one.kind,
        source_name=source,
        canonical_url=url,
        other_source=other_source,
        other_url=other_url,
        value=one.value,
        due_at=one.due_at,
        act=act,
        why=why,
        at=at,
        **author_fields(by),
    )
