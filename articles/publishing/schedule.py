"""What editors put off: articles that are published at a time, and pins that end.

A plan is a decision of its own. When its time has come it becomes an ordinary one of
the same act, with its author and reason, unless somebody decided on the article since.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils import timezone

from articles.library.decisions import READERS
from articles.library.standing import about
from articles.models import Decision
from articles.models.publication import publication
from articles.models.writing import writing
from articles.settle import settle_pages
from articles.settle.due import keep_next_due, pages_of_ended_pins

from .acts import page_of, record_act
from .decisions import Author, NothingToDecide, Subject, mark_pages_of
from .sides import PageDecision

Kind = Decision.Kind
AT_ONCE = 20  # plans or ended pins that one transaction carries out


def publish_at(
    subjects: Iterable[Subject], due: datetime, *, by: Author = None, why: str = ""
) -> str:
    """Lay down that these articles are published at a time; return the id of the act.

    It takes the place of earlier plans for them until it is taken back.
    """
    if due <= timezone.now():
        raise NothingToDecide("that time has passed: publish it now")
    pages = [page_of(subject) for subject in subjects]
    with writing():
        earlier = [one.pk for one in plans(page.pk for page in pages)]
        Decision.objects.filter(pk__in=earlier).update(due_at=None)
        asked = [
            PageDecision(Kind.PUBLISH_AT, page, value=due.isoformat(), due_at=due)
            for page in pages
        ]
        act = record_act(asked, by=by, why=why)
        keep_next_due()
        return act


def plans(pages: Iterable[int]) -> list[Decision]:
    """Standing plans for these pages that wait for their time, in order."""
    made = {one.pk for one in about([Kind.PUBLISH_AT], pages)}
    return list(Decision.objects.waiting().filter(pk__in=made).order_by("pk"))


def apply_schedule(*, now: datetime | None = None) -> int:
    """Carry out what is due; return how many plans and ends of pins that were."""
    now, done = now or timezone.now(), 0
    while publication().is_behind(now.timestamp()):
        with writing():
            some = _due(now)
            ended = pages_of_ended_pins(now, AT_ONCE)
            settle_pages(_carry_out(some, now) | ended, now=now)
            keep_next_due()
        done += len(some) + len(ended)
        if not some and not ended:
            break
    return done


def _due(now: datetime) -> list[Decision]:
    due = Decision.objects.waiting().filter(due_at__lte=now)
    return list(due.order_by("due_at", "pk")[:AT_ONCE])


def _carry_out(plans: Sequence[Decision], now: datetime) -> set[int]:
    """Make plans ordinary decisions; return the pages to be settled."""
    made = []
    for plan in plans:
        if since := _decided_since(plan):
            _end([plan.pk], f"the schedule: {since.author} decided since")
            continue
        made.append(_carried_out(plan, now))
    Decision.objects.filter(pk__in=[plan.pk for plan in plans]).update(due_at=None)
    Decision.objects.bulk_create(made)
    return mark_pages_of(made)


def _carried_out(plan: Decision, now: datetime) -> Decision:
    return Decision(
        kind=Kind.PUBLISH,
        source_name=plan.source_name,
        canonical_url=plan.canonical_url,
        act=plan.act,
        by=plan.by,
        author=plan.author,
        why=plan.why,
        place="schedule",
        at=now,
    )


def _decided_since(plan: Decision) -> Decision | None:
    """What somebody decided on the same article after the plan was made."""
    planned = Decision.objects.filter(pk=plan.pk).with_pages()
    page = planned.values_list("page", flat=True).get()
    later = [
        one.pk for one in about(READERS, [page] if page else []) if one.pk > plan.pk
    ]
    return Decision.objects.filter(pk__in=later[-1:]).first()


def _end(plans: Sequence[int], by: str) -> None:
    """Take plans back: somebody decided otherwise."""
    Decision.objects.filter(pk__in=plans).update(
        due_at=None, undone_at=timezone.now(), undone_by=by[:150]
    )
