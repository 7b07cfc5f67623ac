"""The explanation of one page, hidden or not, for those who run the site."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from articles.clustering import Comparisons
from articles.clustering.likeness import WHOLE
from articles.library.database import DatabaseLibrary
from articles.library.story import NOTHING, story_evidence
from articles.models import Page, Story
from articles.rendering.explanation import Reason, explanation
from articles.rules.canonical_url import InvalidUrl, canonical_url


@dataclass(frozen=True, slots=True)
class Inspection:
    """A page, its story with all pages of it, and why the page is in it."""

    page: Page
    story: Story | None
    pages: tuple[Page, ...]
    reason: Reason | None
    percent: int  # how likely it and the page it is tied to are one event; 0: no tie


def inspection(url: str) -> Inspection | None:
    """What is known of the page under any of its addresses; None if nothing is.

    Hidden pages are named: this is not for readers. A story without a lead is
    explained from its founder.
    """
    page = _page_at(url)
    if page is None or page.story is None:
        return None if page is None else Inspection(page, None, (), None, 0)
    story = page.story
    pages = tuple(Page.objects.filter(story=story).select_related("provider"))
    centre = next(one for one in pages if one.pk == (story.lead_id or story.founder_id))
    evidence = story_evidence(pages, hidden=True).get(story.pk, NOTHING)
    reasons = explanation(pages, centre, evidence).reasons
    reason = reasons.get(page.canonical_url)
    percent = _percent(reason) if reason else 0
    return Inspection(page, story, pages, reason, percent)


def _percent(reason: Reason) -> int:
    """As likely as clustering has it, which looks at all that is listed with both."""
    if reason.other is None:
        return 0
    weights = Comparisons(DatabaseLibrary()).compared_with(reason.page.url)
    weight = dict(weights).get(reason.other.url, 0)
    # Not even a certain tie is a proof.
    return min(round(weight * 100 / WHOLE), 99)


def _page_at(url: str) -> Page | None:
    try:
        key = canonical_url(url)
    except InvalidUrl:
        return None
    pages = Page.objects.select_related("provider", "story__lead", "story__founder")
    own = pages.filter(canonical_url=key).first()
    if own is not None:
        return own
    # An AMP address, or one that its drop gave before: at the page that has it now.
    return (
        pages.filter(
            Q(twins__canonical_url=key)
            | Q(twins__amp_key=key)
            | Q(twins__cdn_amp_key=key)
            | Q(wordings__canonical_url=key)
            | Q(wordings__amp_key=key)
            | Q(wordings__cdn_amp_key=key)
        )
        .order_by("canonical_url")
        .first()
    )
