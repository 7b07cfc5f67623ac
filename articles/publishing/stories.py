"""Editors' decisions about stories: recorded as facts about pages, and undoable.

A story is derived, so nothing is laid down about it but through its pages: that two
are in one story, or are not; that one leads it. Every re-clustering is held to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Literal

from django.utils import timezone

from articles.library.decisions import age
from articles.models import Decision, Page, Story
from articles.models.bulk import chunks
from articles.models.writing import writing

from .acts import record_act
from .decisions import Author, NothingToDecide
from .sides import PageDecision, complete, keeping, representatives, separations

Kind = Decision.Kind


def merge(stories: Iterable[Story], *, by: Author = None, why: str = "") -> str:
    """Lay down that these stories are one; return the id of the act.

    It has the address of the earliest.
    """
    with writing():
        found = {story.pk: _members(story) for story in stories}
        sides = sorted(filter(None, found.values()), key=lambda side: age(side[0]))
        if len(sides) < 2:
            raise NothingToDecide("choose at least two stories to merge")
        first, *others = [representatives(side)[0] for side in sides]
        asked = [PageDecision(Kind.MERGE, one, first, "merge") for one in others]
        together = [page for side in sides for page in side]
        made = complete(asked, together)
        made += keeping(_address(sides[0]), sorted(together, key=age), others[0])
        return record_act(made, by=by, why=why)


def split(pages: Iterable[Page], *, by: Author = None, why: str = "") -> str:
    """Lay down that these pages of one story are a story of their own.

    So are the others, which keep the address: the story is cut in two.
    """
    with writing():
        leaving = _as_they_are(pages)
        rest = _rest(_story_of(leaving), leaving)
        if not rest:
            raise NothingToDecide("no article would be left in the story")
        made = complete(separations("split", leaving, rest), leaving, rest)
        made += keeping(_address(rest), rest, leaving[0])
        return record_act(made, by=by, why=why)


def move(
    page: Page | Iterable[Page], to: Story, *, by: Author = None, why: str = ""
) -> str:
    """Lay down that a page, or several of one story, are in another story instead.

    Both stories keep their addresses.
    """
    with writing():
        moved = _as_they_are([page] if isinstance(page, Page) else page)
        story, there = _story_of(moved), _members(to)
        rest = _rest(story, moved)
        if story == to:
            raise NothingToDecide("the articles are in that story already")
        if not there:
            raise NothingToDecide("that story no longer exists")
        into = representatives(there)[0]
        asked = [PageDecision(Kind.MERGE, one, into, "move") for one in moved]
        asked += separations("move", moved, rest) if rest else ()
        joined = sorted([*moved, *there], key=age)
        made = complete(asked, *filter(None, (joined, rest)))
        made += keeping(_address(there), joined, moved[0])
        if rest:
            made += keeping(_address(rest), rest, moved[0])
        return record_act(made, by=by, why=why)


def lead(page: Page, *, by: Author = None, why: str = "") -> str:
    """Lay down that a page leads its story, as long as it is listed."""
    return record_act([PageDecision(Kind.LEAD, page)], by=by, why=why)


def title(page: Page, words: str, *, by: Author = None, why: str = "") -> str:
    """Lay down the title of a page's story; "" gives it back to its lead."""
    asked = PageDecision(Kind.TITLE, page, value=" ".join(words.split()))
    return record_act([asked], by=by, why=why)


def pin(
    page: Page, *, until: datetime | None = None, by: Author = None, why: str = ""
) -> str:
    """Put a page's story before all others on the front page, until a time if any."""
    if until and until <= timezone.now():
        raise NothingToDecide("that time has passed")
    value = until.isoformat() if until else ""
    return record_act([PageDecision(Kind.PIN, page, value=value)], by=by, why=why)


def unpin(page: Page, *, by: Author = None, why: str = "") -> str:
    """Let a page's story stand where its score puts it."""
    return record_act([PageDecision(Kind.UNPIN, page)], by=by, why=why)


def note(page: Page, words: str, *, by: Author = None, why: str = "") -> str:
    """Leave a note about a page's story for who sits at the desk; "" takes it away."""
    return record_act([PageDecision(Kind.NOTE, page, value=words)], by=by, why=why)


def dismiss(
    kind: Literal["split", "merge"],
    one: Page,
    other: Page,
    *,
    by: Author = None,
    why: str = "",
) -> str:
    """Lay down that splitting or merging what these two founded is not wanted."""
    name = " ".join((kind, one.canonical_url, other.canonical_url))
    return record_act([PageDecision(Kind.DISMISS, one, other, name)], by=by, why=why)


def _as_they_are(pages: Iterable[Page]) -> list[Page]:
    """These pages as the database has them now, earliest first."""
    held = [page.pk for page in pages]
    found = [
        page
        for some in chunks(held)
        for page in Page.objects.filter(pk__in=some)
        .exclude(published_at=None)
        .select_related("article", "story")
    ]
    return sorted(found, key=age)


def _members(story: Story) -> list[Page]:
    """All pages of a story, hidden ones too, earliest first."""
    pages = Page.objects.filter(story=story.pk).select_related("article", "story")
    return sorted(pages, key=age)


def _story_of(pages: Sequence[Page]) -> Story:
    """The one story that these pages are of."""
    stories = {page.story for page in pages}
    if len(stories) != 1:
        raise NothingToDecide("select one or more articles of one story")
    [story] = stories
    if story is None:
        raise NothingToDecide("the article is in no story yet")
    return story


def _address(pages: Sequence[Page]) -> str:
    """The public id of the story that these pages are in."""
    story = pages[0].story
    assert story is not None
    return story.public_id


def _rest(story: Story, leaving: Sequence[Page]) -> list[Page]:
    return [page for page in _members(story) if page not in leaving]
