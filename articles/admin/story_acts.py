"""The form on a story's page: what was sent, and what is laid down for it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest

from articles.models import Page, Story
from articles.models.writing import writing
from articles.publishing import (
    NothingToDecide,
    lead,
    merge,
    move,
    pin,
    publish,
    split,
    title,
    undo,
    unpin,
    withdraw,
)
from articles.rules.phrasing import counted
from articles.selectors.desk.story import called, story_at

from .deciding import keys, note, why

Done = tuple[str, int]  # what was done, in words, and the pk of a page to look at


def carry_out(request: HttpRequest, story: Story) -> Done:
    """Do what the form asks for, or nothing; raises NothingToDecide."""
    wanted = "undo" if "undo" in request.POST else request.POST.get("act", "")
    if wanted not in ACTS:
        raise NothingToDecide("choose what is to be done")
    with writing():
        words, page = ACTS[wanted](request, story)
        note(request, [story], words)
    return words, page


def _chosen(request: HttpRequest, story: Story) -> list[Page]:
    pages = Page.objects.filter(pk__in=keys(request, "page"))
    held = list(pages.select_related("article", "story"))
    if not held:
        raise NothingToDecide("choose one or more pages")
    if any(page.story_id != story.pk for page in held):
        raise NothingToDecide("the story has changed since: look at it again")
    return held


def _split(request: HttpRequest, story: Story) -> Done:
    pages = _chosen(request, story)
    split(pages, by=request.user, why=why(request))
    return f"Split off: {_count(pages)}.", pages[0].pk


def _move(request: HttpRequest, story: Story) -> Done:
    pages = _chosen(request, story)
    to = story_at(request.POST.get("to", ""))
    if to is None:
        raise NothingToDecide("give the address or the id of the other story")
    move(pages, to, by=request.user, why=why(request))
    return f"Moved to “{called(to)}”: {_count(pages)}.", pages[0].pk


def _merge(request: HttpRequest, story: Story) -> Done:
    other = story_at(request.POST.get("to", ""))
    if other is None:
        raise NothingToDecide("give the address or the id of the other story")
    merge([story, other], by=request.user, why=why(request))
    return f"Merged with “{called(other)}”.", story.founder_id


def _lead(request: HttpRequest, story: Story) -> Done:
    pages = _chosen(request, story)
    if len(pages) > 1:
        raise NothingToDecide("choose one page to lead the story")
    lead(pages[0], by=request.user, why=why(request))
    waits = "" if pages[0].is_listed else " as soon as it is listed"
    return f"“{pages[0]}” leads the story{waits}.", pages[0].pk


def _title(request: HttpRequest, story: Story) -> Done:
    words = " ".join(request.POST.get("title", "").split())[:500]
    if words == story.title:
        raise NothingToDecide("that is its title already")
    title(_spokesman(story), words, by=request.user, why=why(request))
    said = f"The title is “{words}”." if words else "The title is the lead's again."
    return said, story.founder_id


def _pin(request: HttpRequest, story: Story) -> Done:
    if story.pinned:
        raise NothingToDecide("it is pinned already")
    pin(_spokesman(story), by=request.user, why=why(request))
    return "Pinned.", story.founder_id


def _unpin(request: HttpRequest, story: Story) -> Done:
    if not story.pinned:
        raise NothingToDecide("it is not pinned")
    unpin(_spokesman(story), by=request.user, why=why(request))
    return "Unpinned.", story.founder_id


def _publish(request: HttpRequest, story: Story) -> Done:
    pages = _chosen(request, story)
    publish(pages, by=request.user, why=why(request))
    note(request, pages, "published")
    return f"Published: {_count(pages)}.", pages[0].pk


def _withdraw(request: HttpRequest, story: Story) -> Done:
    pages = _chosen(request, story)
    withdraw(pages, by=request.user, why=why(request))
    note(request, pages, "withdrawn")
    return f"Withdrawn: {_count(pages)}.", pages[0].pk


def _undo(request: HttpRequest, story: Story) -> Done:
    return take_back(request), story.founder_id


def take_back(request: HttpRequest) -> str:
    """Undo the act that a form names; returns what was done, in words."""
    if not undo(request.POST.get("undo", "")[:32], by=request.user):
        raise NothingToDecide("that was taken back already")
    return "Taken back."


def _spokesman(story: Story) -> Page:
    return story.lead or story.founder


def _count(pages: list[Page]) -> str:
    return counted(len(pages), "page")


ACTS: dict[str, Callable[[HttpRequest, Story], Done]] = {
    "split": _split,
    "move": _move,
    "merge": _merge,
    "lead": _lead,
    "title": _title,
    "pin": _pin,
    "unpin": _unpin,
    "publish": _publish,
    "withdraw": _withdraw,
    "undo": _undo,
}
