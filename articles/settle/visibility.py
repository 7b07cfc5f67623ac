"""Which pages readers meet: the listed ones, and what their lists name."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence

from articles.models import Mention, Page, Stale
from articles.models.bulk import chunks, save_fields

from .work import Work

LOOKED_AT = ("is_listed", "is_visible", "is_withdrawn", "stale", "story")


def show_or_hide(work: Work) -> None:
    """Let readers see what they may, of stale pages and of what speakers name."""
    for some in chunks(sorted(work.speakers)):
        named = Mention.objects.filter(article__in=some)
        work.seen |= set(named.values_list("page", flat=True).distinct())
    for some in chunks(sorted(work.seen)):
        changed = _show_or_hide(some, deriving=work.pages)
        work.shown |= {page.pk for page in changed}
        work.stories |= {page.story_id for page in changed if page.story_id}


def named_by_listed(page_ids: Iterable[int]) -> set[int]:
    """Those of the pages that the list of a listed page's shown article names."""
    return set(
        Mention.objects.filter(
            page__in=list(page_ids), article__shown_on__is_listed=True
        ).values_list("page", flat=True)
    )


def _show_or_hide(some: Sequence[int], *, deriving: Container[int]) -> list[Page]:
    """Write what changes; return the pages that do.

    A stale page is shown by the step that derives it and not before.
    """
    pages = list(Page.objects.filter(pk__in=some).only(*LOOKED_AT))
    asked = [page for page in pages if _may_change(page, deriving)]
    named = named_by_listed(page.pk for page in asked if not page.is_listed)
    changed = []
    for page in asked:
        visible = not page.is_withdrawn and (page.is_listed or page.pk in named)
        if page.is_visible != visible:
            page.is_visible = visible
            changed.append(page)
    save_fields(changed, ["is_visible"])
    return changed


def _may_change(page: Page, deriving: Container[int]) -> bool:
    known = page.pk in deriving or page.stale == Stale.NO
    return page.is_visible or known
