"""What imports and updates left to be done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from articles.models import Article, Decision, ImportRun, Page, RenderedStory
from articles.rendering.render import today
from articles.rules.phrasing import counted
from articles.settle.rank import rank_again
from articles.settle.recount import recount

from .finding import Finding

MINUTES = timedelta(minutes=10)  # by how much clocks may differ
LONG = timedelta(days=365)


def upkeep_findings(*, importing: bool) -> Iterator[Finding]:
    """What waits to be derived. While an import runs, it is at that itself."""
    stale = 0 if importing else Page.objects.stale().count()
    if stale:
        yield Finding(
            f"{counted(stale, 'article')} to be brought up to date: an import was "
            "interrupted, or an update asks for it.",
            "Readers see these as they were before.",
            "Run manage.py settle, or import again.",
        )
    older = Article.objects.read_by_other_rules().count()
    if older:
        yield Finding(
            f"{counted(older, 'article')} read by rules of an older version.",
            "They lack what the rules of today make of their drops.",
            "Run manage.py reread_drops.",
        )


def rendered_findings(*, importing: bool) -> Iterator[Finding]:
    """Whether cards and pages of stories are ready, by the templates of today."""
    behind = 0 if importing else RenderedStory.objects.behind(today()).count()
    if behind:
        yield Finding(
            f"{counted(behind, 'story')} to be rendered again: templates, code or "
            "settings have changed.",
            "Readers see the same, but each page with them takes longer.",
            "Run manage.py settle, or import again.",
        )


def count_findings() -> Iterator[Finding]:
    """Whether what pages show as kept counts is what is counted."""
    wrong = recount(mend=False)
    if wrong:
        yield Finding(
            f"{counted(wrong, 'kept count')} differing from what there is to count.",
            "Pages show wrong numbers.",
            "Run manage.py recount.",
        )
    moved = rank_again(mend=False)
    if moved:
        yield Finding(
            f"{counted(moved, 'story')} ranked by another rule or half-life.",
            "Top stories and editions are in another order than they say.",
            "Run manage.py recount.",
        )


def clock_findings(*, now: datetime) -> Iterator[Finding]:
    """Whether this machine's clock agrees with what was done here."""
    newest = _newest()
    if newest and newest > now + MINUTES:
        yield Finding(
            f"The clock says {now:%Y-%m-%d %H:%M}, but the database was written at "
            f"{newest:%Y-%m-%d %H:%M}.",
            "Drops dated later than the clock are held back.",
            "Set the clock. If it was wrong then and is right now, all is well after "
            "the next import.",
        )
    if newest and newest < now - LONG:
        yield Finding(
            f"Nothing was imported or decided since {newest:%Y-%m-%d}.",
            "Imports have stopped, or the clock is ahead: it says "
            f"{now:%Y-%m-%d %H:%M}.",
            "See that import_seeds runs, and that the clock is right.",
        )


def _newest() -> datetime | None:
    """When something was last done here."""
    runs = ImportRun.objects.order_by("-started_at").values_list("started_at")
    decisions = Decision.objects.order_by("-at").values_list("at")
    return max((at for asked in (runs, decisions) for (at,) in asked[:1]), default=None)
