"""Suggestions at the desk: what they were made from, and what an editor answers."""

from __future__ import annotations

from typing import Literal

from django.http import HttpRequest

from articles.models import Page
from articles.publishing import NothingToDecide, dismiss, merge, split
from articles.selectors.desk.suggestions import Offer

from .deciding import keys, why
from .log import note
from .shown import spelled_rows
from .story_acts import take_back
from .story_shown import member_rows, same_suggestion


def settled(request: HttpRequest) -> str:
    """Do what a suggestion says, dismiss it, or take a decision back."""
    if "undo" in request.POST:
        return take_back(request)
    kept, leaving = _pages(request, "one"), _pages(request, "other")
    stories = [page.story for page in (*kept[:1], *leaving[:1]) if page.story]
    if len(stories) != 2:
        raise NothingToDecide("the articles have changed since: look again")
    same_suggestion(request, [*kept, *leaving])
    one = kept[0]
    kind: Literal["merge", "split"]
    kind = "merge" if request.POST.get("kind") == "merge" else "split"
    if request.POST.get("act") == "dismiss":
        dismiss(kind, one, leaving[0], by=request.user, why=why(request))
        return "Dismissed."
    if request.POST.get("act") != "do":
        raise NothingToDecide("choose what to do")
    words = f"“{one}” and “{leaving[0]}”."
    if kind == "merge":
        merge(stories, by=request.user, why=why(request))
        note(request, stories, "merged, as suggested")
        return f"Merged: {words}"
    if {page.story_id for page in leaving} != {one.story_id}:
        raise NothingToDecide("the story has changed since: look again")
    split(leaving, by=request.user, why=why(request))
    note(request, stories[:1], "split, as suggested")
    return f"Split: {words}"


def _pages(request: HttpRequest, name: str) -> list[Page]:
    """The pages of these keys, in the order given."""
    given = keys(request, name)[:1000]
    found = Page.objects.select_related("article", "story__lead").in_bulk(given)
    return [found[pk] for pk in given if pk in found]


def shown_of(offer: Offer, newest: int) -> str:
    """What a suggestion was made from: the pages of both parts."""
    return spelled_rows(
        row
        for part in (offer.one, offer.other)
        for row in member_rows(part.pages, part.story, newest)
    )
