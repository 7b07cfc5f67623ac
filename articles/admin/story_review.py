"""The review: what it shows, what that was made from, and what an editor answers."""

from __future__ import annotations

from typing import Any, Literal

from django.http import HttpRequest

from articles.models import Decision, Page
from articles.publishing import NothingToDecide, dismiss, merge, split
from articles.selectors.cursor import InvalidCursor
from articles.selectors.desk.history import conflicts, latest_acts
from articles.selectors.desk.since import newest_decision
from articles.selectors.desk.suggestions import KINDS, Offer, offers

from .actor import actor
from .bounds import Refused
from .deciding import keys, why
from .log import note
from .shown import spelled_rows
from .story_acts import take_back
from .story_shown import member_rows, same_suggestion

CONFLICTS, DISMISSED = "contradictions", "dismissed"
# What the address says of it, and what the page calls it.
SHOWS = {
    "": "All suggestions",
    "merge": "Two may be one",
    "split": "One may be two",
    CONFLICTS: "Contradictions",
    DISMISSED: "Dismissed",
}


def review(request: HttpRequest) -> dict[str, Any]:
    """What the page shows, by what its address asks for."""
    show = request.GET.get("show", "")
    if show not in SHOWS:
        raise Refused("There is no such list of suggestions.")
    at_odds = conflicts()
    context: dict[str, Any] = {"shows": SHOWS, "show": show, "conflicts": at_odds}
    if show == DISMISSED:
        return context | {"dismissed": latest_acts([Decision.Kind.DISMISS])}
    if show == CONFLICTS:
        return context
    newest = newest_decision()
    try:
        found = offers(KINDS.get(show, ""), request.GET.get("before") or None)
    except InvalidCursor as error:
        raise Refused("There is no such place to go on from.") from error
    return context | {
        "offers": [(one, shown_of(one, newest)) for one in found.shown],
        "before": found.before,
    }


def settled(request: HttpRequest) -> tuple[str, str]:
    """Do what a suggestion says, dismiss it, or take a decision back.

    Returns what was done, in words, and the act by which it can be taken back.
    """
    if "undo" in request.POST:
        return take_back(request), ""
    kept, leaving = _pages(request, "one"), _pages(request, "other")
    stories = [page.story for page in (*kept[:1], *leaving[:1]) if page.story]
    if len(stories) != 2:
        raise NothingToDecide("the articles have changed since: look again")
    same_suggestion(request, [*kept, *leaving])
    one = kept[0]
    kind: Literal["merge", "split"]
    kind = "merge" if request.POST.get("kind") == "merge" else "split"
    if request.POST.get("act") == "dismiss":
        act = dismiss(kind, one, leaving[0], by=actor(request), why=why(request))
        return "Dismissed.", act
    if request.POST.get("act") != "do":
        raise NothingToDecide("choose what to do")
    words = f"“{one}” and “{leaving[0]}”."
    if kind == "merge":
        act = merge(stories, by=actor(request), why=why(request))
        note(request, stories, "merged, as suggested")
        return f"Merged: {words}", act
    if {page.story_id for page in leaving} != {one.story_id}:
        raise NothingToDecide("the story has changed since: look again")
    act = split(leaving, by=actor(request), why=why(request))
    note(request, stories[:1], "split, as suggested")
    return f"Split: {words}", act


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
