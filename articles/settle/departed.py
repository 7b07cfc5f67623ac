"""Pages that nothing names any more: they go, and their ids lead on."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence

from articles.library.database import DatabaseLibrary
from articles.models import Alias, Page, Story, StoryTopic
from articles.models.bulk import among, chunks

from .readers import lead_on, leads_readers, reaches_readers, release_ids
from .stories import reached
from .work import Work


def remove(unnamed: Sequence[Page], work: Work) -> None:
    """Delete pages that neither a drop nor a list names.

    Their ids lead on to where their facts went, else to another page of the story
    that they were in.
    """
    gone = {page.pk for page in unnamed}
    if not gone:
        return
    work.published = work.published or leads_readers(gone) or reaches_readers(gone)
    work.near |= reached(gone, DatabaseLibrary())
    work.regrouped |= _company(unnamed)
    for page in unnamed:
        if page.story_id:
            work.stories.add(page.story_id)
            heir = _heir(page, gone, work.moved)
            if heir is not None:
                _lead_on(page, heir)
    work.seen -= gone
    work.pages -= gone
    work.content -= gone
    _uncount(unnamed, gone, work)
    Page.objects.filter(pk__in=among(gone)).delete()


def _uncount(unnamed: Sequence[Page], gone: Container[int], work: Work) -> None:
    """Take off the stories that go with their founders, or lose their leads."""
    held = Story.objects.filter(pk__in={page.story_id for page in unnamed})
    stories = list(held)
    work.counts.stories(
        (one for one in stories if one.founder_id in gone or one.lead_id in gone), -1
    )
    founded = [one.pk for one in stories if one.founder_id in gone]
    work.counts.labels(StoryTopic.objects.filter(story__in=founded), -1)


def _company(pages: Iterable[Page]) -> set[int]:
    """All pages of the stories that these are in."""
    stories = {page.story_id for page in pages if page.story_id}
    return {
        pk
        for some in chunks(stories)
        for pk in Page.objects.filter(story__in=among(some)).values_list(
            "pk", flat=True
        )
    }


def keep_ids(pages: Iterable[Page]) -> None:
    """Let the ids of pages that are still here lead nowhere else."""
    release_ids([page.key_id for page in pages])


def _heir(page: Page, gone: set[int], moved: dict[int, int]) -> int | None:
    led = Alias.objects.filter(public_id=page.key_id).exclude(page__in=among(gone))
    rest = Page.objects.filter(story=page.story_id).exclude(pk__in=among(gone))
    return (
        moved.get(page.pk)
        or led.values_list("page", flat=True).first()
        or rest.order_by("pk").values_list("pk", flat=True).first()
    )


def _lead_on(page: Page, heir: int) -> None:
    """Let all ids that led to a page lead to another one."""
    Alias.objects.filter(page=page).update(page=heir)
    for public_id in {page.key_id, page.public_id}:
        lead_on(public_id, heir)
