"""Whether a story is still what a form showed of it, and who changed it meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b

from django.http import HttpRequest

from articles.library.decisions import CHOICE_KINDS, PAIR_KINDS, READERS
from articles.models import Decision, Page, Story
from articles.models.bulk import chunks
from articles.publishing import NothingToDecide
from articles.selectors.desk.since import (
    Since,
    page_subjects,
    subject_of_pages,
    who_changed,
    who_did,
)
from articles.selectors.desk.story import DeskPage, desk_page

from .shown import NAME, Row, oldest, shown_rows

Kind = Decision.Kind
STORY = "story"  # the field with the row of the story itself
FACE = {"lead": 0, "pinned": 1, "title": 2}  # parts of what was shown of it
AGAIN = "look at it again"
UNSAID = f"the form does not say what it showed: {AGAIN}"


def said(request: HttpRequest) -> bool:
    """Whether a form says what it showed. A program that says nothing means its act."""
    return NAME in request.POST or STORY in request.POST


def story_row(story: Story, newest: int) -> Row:
    """What a form shows of the story itself: its lead, its pin and its title."""
    title = blake2b(story.title.encode(), digest_size=8).hexdigest()
    until = story.pinned_until
    pin = f"{story.pinned:d}" + (f"t{int(until.timestamp())}" if until else "")
    return Row(story.pk, f"{story.lead_id or 0}-{pin}-{title}", newest)


def page_rows(pages: Iterable[DeskPage], newest: int) -> list[Row]:
    """What a form shows of a story's pages: which they are, and who gets them."""
    return [Row(page.pk, page.state, newest) for page in pages]


def member_rows(pages: Iterable[DeskPage], story: int, newest: int) -> list[Row]:
    """What a suggestion shows of pages: which they are, and of which story."""
    return [Row(page.pk, str(story), newest) for page in pages]


def same_pages(request: HttpRequest, story: Story) -> None:
    """Raise NothingToDecide unless the story has the pages that the form showed."""
    if not said(request):
        return
    shown = _shown(request)
    members = set(Page.objects.filter(story=story).values_list("pk", flat=True))
    if members != set(shown):
        raise NothingToDecide(_who(shown, PAIR_KINDS, members | set(shown)))


def same_face(request: HttpRequest, story: Story, part: str) -> None:
    """Raise NothingToDecide unless lead, pin or title are what the form showed."""
    if not said(request):
        return
    was = shown_rows(request.POST, STORY).get(story.pk)
    if was is None:
        raise NothingToDecide(UNSAID)
    now = story_row(story, was.newest)
    if _part(was, part) != _part(now, part):
        members = Page.objects.filter(story=story).values_list("pk", flat=True)
        raise NothingToDecide(_who({was.pk: was}, CHOICE_KINDS, members))


def pages_as_shown(
    request: HttpRequest, pages: Sequence[Page]
) -> tuple[list[Page], list[str]]:
    """Those of the pages that readers get as the form showed; why not the others."""
    if not said(request):
        return list(pages), []
    shown = _shown(request)
    subjects = page_subjects(pages)
    since = Since(oldest(shown), READERS)
    kept, refused = [], []
    for page in pages:
        was = shown.get(page.pk)
        one = since.about(subjects[page.pk], was.newest) if was else None
        if was is not None and one is None and was.state == desk_page(page).state:
            kept.append(page)
            continue
        reason = who_did(one) if one else f"it has changed since, {AGAIN}"
        refused.append(f"“{page}” was left as it is: {reason}.")
    return kept, refused


def same_suggestion(request: HttpRequest, pages: Iterable[Page]) -> None:
    """Raise NothingToDecide unless these are pages of a suggestion that still holds.

    Nor may anybody else have answered it meanwhile.
    """
    if not said(request):
        return
    shown = _shown(request)
    now: dict[int, int | None] = {}
    held: set[int] = set()
    for some in chunks(shown):
        now |= dict(Page.objects.filter(pk__in=some).values_list("pk", "story"))
    for few in chunks(set(now.values()) - {None}):
        members = Page.objects.filter(story__in=few).exclude(published_at=None)
        held |= set(members.values_list("pk", flat=True))
    told = subject_of_pages(shown)
    kinds = (*PAIR_KINDS, Kind.DISMISS)
    answered = Since(oldest(shown), kinds).about(told, oldest(shown))
    same = all(str(now.get(pk)) == row.state for pk, row in shown.items())
    same = same and all(page.pk in shown for page in pages)
    if answered or not same or held != set(shown):
        raise NothingToDecide(_who(shown, kinds, held | set(shown)))


def _shown(request: HttpRequest) -> dict[int, Row]:
    shown = shown_rows(request.POST)
    if not shown:
        raise NothingToDecide(UNSAID)
    return shown


def _part(row: Row, part: str) -> str:
    return [*row.state.split("-"), "", "", ""][FACE[part]]


def _who(shown: Mapping[int, Row], kinds: Sequence[Kind], pages: Iterable[int]) -> str:
    """Who changed a story since, as far as that was an editor."""
    newest = oldest(shown)
    made = Since(newest, kinds).about(subject_of_pages(pages), newest)
    by = f"{who_changed(made)}: " if made else "the story has changed since: "
    return by + AGAIN
