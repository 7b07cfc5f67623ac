"""The form on a story's page: what was sent, and what is laid down for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from django.http import HttpRequest

from articles.models import Decision, Page, Story
from articles.publishing import (
    NothingToDecide,
    decide,
    lead,
    merge,
    move,
    pin,
    split,
    title,
    undo,
    unpin,
)
from articles.publishing import note as leave_note
from articles.rules.phrasing import counted
from articles.rules.text.clean import clean_text
from articles.selectors.desk.story import called, note_about, story_at

from .actor import actor
from .deciding import keys, why
from .log import name_of, note
from .story_shown import AGAIN, pages_as_shown, same_face, same_pages
from .times import due_of, in_words
from .undoing import named_act

Kind = Decision.Kind
LONGEST_NOTE = 1_000


class Done(NamedTuple):
    """What came of an act."""

    words: str  # for the editor
    page: int  # pk of a page to look at
    log: str  # for the log, without any words of drops
    act: str = ""  # by which it can be taken back


def carry_out(request: HttpRequest, story: Story, act: str = "") -> Done:
    """Do what the form asks for, or nothing; raises NothingToDecide."""
    wanted = act or request.POST.get("act", "")
    if "undo" in request.POST:
        wanted = "undo"
    if wanted not in ACTS:
        raise NothingToDecide("choose what to do")
    done = ACTS[wanted](request, story)
    note(request, [story], done.log)
    return done


def _chosen(request: HttpRequest, story: Story) -> list[Page]:
    pages = Page.objects.filter(pk__in=keys(request, "page"))
    held = list(pages.select_related("article", "story", "provider"))
    if not held:
        raise NothingToDecide("select one or more articles")
    if any(page.story_id != story.pk for page in held):
        raise NothingToDecide(f"the story has changed since: {AGAIN}")
    return held


def _split(request: HttpRequest, story: Story) -> Done:
    pages = _chosen(request, story)
    same_pages(request, story)
    act = split(pages, by=actor(request), why=why(request))
    words = f"Split off: {_count(pages)}."
    return Done(words, pages[0].pk, f"split off: {_count(pages)}", act)


def _move(request: HttpRequest, story: Story) -> Done:
    pages = _chosen(request, story)
    to = _other(request)
    same_pages(request, story)
    words = f"Moved to “{called(to)}”: {_count(pages)}."
    act = move(pages, to, by=actor(request), why=why(request))
    return Done(words, pages[0].pk, f"moved to {name_of(to)}: {_count(pages)}", act)


def _merge(request: HttpRequest, story: Story) -> Done:
    other = _other(request)
    same_pages(request, story)
    words = f"Merged with “{called(other)}”."
    act = merge([story, other], by=actor(request), why=why(request))
    return Done(words, story.founder_id, f"merged with {name_of(other)}", act)


def _other(request: HttpRequest) -> Story:
    found = story_at(request.POST.get("to", ""))
    if found is None:
        raise NothingToDecide("give the address or the id of the other story")
    return found


def _lead(request: HttpRequest, story: Story) -> Done:
    pages = _chosen(request, story)
    if len(pages) > 1:
        raise NothingToDecide("select one article to lead the story")
    same_face(request, story, "lead")
    [page] = pages
    act = lead(page, by=actor(request), why=why(request))
    waits = "" if page.is_listed else " as soon as it is listed"
    words = f"“{page}” leads the story{waits}."
    return Done(words, page.pk, f"lead: {name_of(page)}", act)


def _title(request: HttpRequest, story: Story) -> Done:
    typed = request.POST.get("title", "")
    words = clean_text(typed)[:500]
    if typed.strip() and not words:
        raise NothingToDecide("that title shows nothing")
    if words == story.title:
        raise NothingToDecide("that is its title already")
    same_face(request, story, "title")
    act = title(_spokesman(story), words, by=actor(request), why=why(request))
    said = f"The title is “{words}”." if words else "The title is the lead's again."
    log = "gave it a title" if words else "gave its title back to its lead"
    return Done(said, story.founder_id, log, act)


def _pin(request: HttpRequest, story: Story) -> Done:
    until = due_of(request.POST, "until") if request.POST.get("until") else None
    if story.pinned and until == story.pinned_until:
        raise NothingToDecide("it is pinned already")
    same_face(request, story, "pinned")
    act = pin(_spokesman(story), until=until, by=actor(request), why=why(request))
    end = f" until {in_words(until)}" if until else ""
    return Done(f"Pinned{end}.", story.founder_id, "pinned", act)


def _unpin(request: HttpRequest, story: Story) -> Done:
    if not story.pinned:
        raise NothingToDecide("it is not pinned")
    same_face(request, story, "pinned")
    act = unpin(_spokesman(story), by=actor(request), why=why(request))
    return Done("Unpinned.", story.founder_id, "unpinned", act)


def _note(request: HttpRequest, story: Story) -> Done:
    words = clean_text(request.POST.get("note", ""))[:LONGEST_NOTE]
    held = note_about(story)
    stands = held.value if held else ""
    if held and request.POST.get("was_note", stands) != stands:
        raise NothingToDecide(f"{held.author} left another note since: {AGAIN}")
    if words == stands:
        raise NothingToDecide("the note says that already")
    act = leave_note(_spokesman(story), words, by=actor(request), why=why(request))
    said = "Noted." if words else "The note is gone."
    log = "left a note" if words else "took a note away"
    return Done(said, story.founder_id, log, act)


def _publish(request: HttpRequest, story: Story) -> Done:
    return _show(request, story, Kind.PUBLISH, "published")


def _withdraw(request: HttpRequest, story: Story) -> Done:
    return _show(request, story, Kind.WITHDRAW, "withdrawn")


def _show(request: HttpRequest, story: Story, kind: Decision.Kind, done: str) -> Done:
    """Publish or withdraw those of the chosen that are as they were shown."""
    pages, refused = pages_as_shown(request, _chosen(request, story))
    if not pages:
        raise NothingToDecide(" ".join(refused).rstrip("."))
    act = decide(kind, pages, by=actor(request), why=why(request)).act
    note(request, pages, done)
    counted_pages = _count(pages)
    words = " ".join([f"{done.capitalize()}: {counted_pages}.", *refused])
    return Done(words, pages[0].pk, f"{done}: {counted_pages}", act)


def _undo(request: HttpRequest, story: Story) -> Done:
    return Done(take_back(request), story.founder_id, "undid an act")


def take_back(request: HttpRequest) -> str:
    """Undo the act that a form names; returns what was done, in words."""
    if not undo(named_act(request), by=actor(request)):
        raise NothingToDecide("that was undone already")
    return "Undone."


def _spokesman(story: Story) -> Page:
    return story.lead or story.founder


def _count(pages: list[Page]) -> str:
    return counted(len(pages), "article")


ACTS: dict[str, Callable[[HttpRequest, Story], Done]] = {
    "split": _split,
    "move": _move,
    "merge": _merge,
    "lead": _lead,
    "title": _title,
    "pin": _pin,
    "unpin": _unpin,
    "note": _note,
    "publish": _publish,
    "withdraw": _withdraw,
    "undo": _undo,
}
