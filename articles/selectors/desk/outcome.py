"""What readers would get of some pages if they were a story: worked out, not tried."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from articles.library.standing import about
from articles.models import Decision, Page
from articles.settle.figures import lead_of

Kind = Decision.Kind


@dataclass(frozen=True, slots=True)
class Outcome:
    """A story as readers would get it. Hidden pages count for nothing."""

    headline: str  # "": nothing of it is listed, so readers would get no story
    articles: int
    publishers: int


@dataclass(frozen=True, slots=True)
class Faces:
    """The leads and titles that editors chose, by page, each with its serial."""

    leads: dict[int, int] = field(default_factory=dict)
    titles: dict[int, tuple[int, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, pages: Iterable[int]) -> Faces:
        """What was laid down last for each of these pages."""
        found = cls()
        for one in about((Kind.LEAD, Kind.TITLE), pages):
            if one.page is not None and one.kind == Kind.LEAD:
                found.leads[one.page] = one.pk
            elif one.page is not None:
                found.titles[one.page] = one.pk, one.value
        return found


def outcome(pages: Iterable[Page], faces: Faces) -> Outcome:
    """What readers would get of these pages as one story."""
    members = list(pages)
    seen = [page for page in members if page.is_visible]
    lead = lead_of(seen, faces.leads)
    titled = [faces.titles[page.pk] for page in members if page.pk in faces.titles]
    given = max(titled)[1] if titled else ""
    return Outcome(
        headline=(given or lead.title) if lead else "",
        articles=len(seen),
        publishers=len({page.provider_id for page in seen}),
    )
