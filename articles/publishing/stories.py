"""Editors' decisions about stories: recorded as facts about pages, and undoable.

A story is derived, so nothing is laid down about it but through its pages: that two
are in one story, or are not; that one leads it. Every re-clustering is held to it.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from articles.clustering.decided import ABOUT, BETWEEN
from articles.models import Decision, Page, Stale, Story
from articles.models.bulk import chunks

from .decisions import Author, author_fields, subject_names
from .settle import settle

Kind = Decision.Kind


class NothingToDecide(ValueError):
    """The act would lay down nothing; the message says why."""


def merge(stories: Iterable[Story], *, by: Author = None, why: str = "") -> str:
    """Lay down that these stories are one; return the id of the act."""
    anchors = [_anchor(story) for story in stories]
    if len(anchors) < 2:
        raise NothingToDecide("choose at least two stories to merge")
    first, *rest = sorted(anchors, key=_age)
    return _lay_down([(Kind.MERGE, page, first, "") for page in rest], by=by, why=why)


def split(pages: Iterable[Page], *, by: Author = None, why: str = "") -> str:
    """Lay down that these pages of one story are a story of their own."""
    leaving = sorted(pages, key=_age)
    if len({page.story_id for page in leaving}) != 1:
        raise NothingToDecide("choose pages of one story to split off")
    stays = _stays(leaving)
    first, *rest = leaving
    acts: list[_Act] = [(Kind.SPLIT, page, stays, "") for page in leaving]
    acts += [(Kind.MERGE, page, first, "") for page in rest]
    return _lay_down(acts, by=by, why=why)


def move(page: Page, to: Story, *, by: Author = None, why: str = "") -> str:
    """Lay down that a page is in another story than the one it is in."""
    if page.story_id == to.pk:
        raise NothingToDecide("the page is in that story already")
    acts: list[_Act] = [(Kind.MERGE, page, _anchor(to), "")]
    if Page.objects.filter(story=page.story_id).exclude(pk=page.pk).exists():
        acts.insert(0, (Kind.SPLIT, page, _stays([page]), ""))
    return _lay_down(acts, by=by, why=why)


def lead(page: Page, *, by: Author = None, why: str = "") -> str:
    """Lay down that a page leads its story, as long as it is listed."""
    return _lay_down([(Kind.LEAD, page, None, "")], by=by, why=why)


def title(page: Page, words: str, *, by: Author = None, why: str = "") -> str:
    """Lay down the title of a page's story; "" gives it back to its lead."""
    return _lay_down([(Kind.TITLE, page, None, words.strip())], by=by, why=why)


def pin(page: Page, *, by: Author = None, why: str = "") -> str:
    """Put a page's story before all others on the front page."""
    return _lay_down([(Kind.PIN, page, None, "")], by=by, why=why)


def unpin(page: Page, *, by: Author = None, why: str = "") -> str:
    """Let a page's story stand where its score puts it."""
    return _lay_down([(Kind.UNPIN, page, None, "")], by=by, why=why)


def undo(act: str, *, by: Author = None) -> int:
    """Take an act about stories back; return how many decisions that were."""
    now = timezone.now()
    kinds = (*BETWEEN, *ABOUT, Kind.DISMISS)
    with transaction.atomic():
        made = Decision.objects.standing().filter(act=act, kind__in=kinds)
        undone = list(made) if act else []
        made.filter(pk__in=[one.pk for one in undone]).update(
            undone_at=now, undone_by=author_fields(by)["author"]
        )
        _touch(undone, now=now)
    return len(undone)


_Act = tuple[Kind, Page, Page | None, str]


def _lay_down(acts: Sequence[_Act], *, by: Author, why: str) -> str:
    now = timezone.now()
    act = uuid.uuid4().hex
    made = []
    for kind, page, other, value in acts:
        other_source, other_url = subject_names(other) if other else ("", "")
        source, url = subject_names(page)
        made.append(
            Decision(
                kind=kind,
                source_name=source,
                canonical_url=url,
                other_source=other_source,
                other_url=other_url,
                value=value,
                act=act,
                why=why,
                at=now,
                **author_fields(by),
            )
        )
    with transaction.atomic():
        Decision.objects.bulk_create(made)
        _touch(made, now=now)
    return act


def _touch(made: Sequence[Decision], *, now: datetime) -> None:
    """Derive the stories that decisions are about again."""
    urls = {url for one in made for url in (one.canonical_url, one.other_url) if url}
    sources = {name for one in made for name in (one.source_name, one.other_source)}
    for some in chunks(urls):
        Page.objects.filter(canonical_url__in=some).update(stale=Stale.CONTENT)
    for some in chunks(sources - {""}):
        Page.objects.filter(twins__source_name__in=some).update(stale=Stale.CONTENT)
    settle(now=now)


def _anchor(story: Story) -> Page:
    """The page by which a story is named in decisions: its lead, else its founder."""
    return story.lead or story.founder


def _stays(leaving: Sequence[Page]) -> Page:
    """The page that stands for the rest of the story that these pages leave."""
    story = leaving[0].story
    if story is None:
        raise NothingToDecide("the page is in no story yet")
    rest = Page.objects.filter(story=story).exclude(
        pk__in=[page.pk for page in leaving]
    )
    for page in (story.lead, story.founder):
        if page is not None and page not in leaving:
            return page
    stays = rest.order_by("published_at", "canonical_url").first()
    if stays is None:
        raise NothingToDecide("no page would be left in the story")
    return stays


def _age(page: Page) -> tuple[datetime, str]:
    assert page.published_at is not None
    return page.published_at, page.canonical_url
