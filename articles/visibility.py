"""What readers may see: the drops' flags and the editors' decisions, put together.

A decision with a source name follows the source through its changes of URL. One
without holds for the page, and so does a withdrawal made on a page that its
source has since left: what an editor took away does not come back by itself. Of
one source's decisions, and of all that meet on one page, the latest counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from articles.models import Article, Decision, Mention, Page

PUBLISH = Decision.Kind.PUBLISH
WITHDRAW = Decision.Kind.WITHDRAW
KINDS = (PUBLISH, WITHDRAW)
# A drop dated further ahead waits on the desk until its day or an editor comes.
AHEAD = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Standing:
    """What becomes of one page: its twins' `published`, and who speaks for it."""

    published: dict[int, bool]  # article pk -> what readers get
    decided: bool | None  # what an editor laid down for the page
    shown: Article | None  # of the twins, the one readers see
    is_listed: bool
    is_withdrawn: bool


def standings(pages: Sequence[Page], *, now: datetime) -> dict[int, Standing]:
    """The standing of each page by pk, from its articles and all decisions on it."""
    twins: dict[int, list[Article]] = defaultdict(list)
    for article in Article.objects.filter(page__in=pages):
        twins[article.page_id].append(article)
    decided = _decisions(pages, twins)
    return {
        page.pk: standing(twins[page.pk], decided.get(page.pk), now=now)
        for page in pages
    }


def standing(
    twins: Sequence[Article], decision: Decision | None, *, now: datetime
) -> Standing:
    """The standing of a page with these articles under its latest decision."""
    kind = decision.kind if decision else None
    published = {
        article.pk: kind == PUBLISH or (kind is None and drop_lists(article, now=now))
        for article in twins
    }
    shown = min(
        twins,
        # Listed first, then the latest, then by source name.
        key=lambda twin: (
            not published[twin.pk],
            -twin.published_at.timestamp(),
            twin.source_name,
        ),
        default=None,
    )
    return Standing(
        published=published,
        decided=None if kind is None else kind == PUBLISH,
        shown=shown,
        is_listed=kind == PUBLISH or any(published.values()),
        is_withdrawn=kind == WITHDRAW,
    )


def drop_lists(article: Article, *, now: datetime) -> bool:
    """Whether the drop alone puts the article before readers."""
    return (
        article.drop_published
        and not article.drop_removed
        and article.published_at <= now + AHEAD
    )


def named_by_listed(page_ids: Iterable[int]) -> set[int]:
    """Those of the pages that the list of a listed page's shown article names."""
    return set(
        Mention.objects.filter(
            page__in=list(page_ids), article__shown_on__is_listed=True
        ).values_list("page", flat=True)
    )


def _decisions(
    pages: Sequence[Page], twins: dict[int, list[Article]]
) -> dict[int, Decision]:
    """The decision that counts on each page, by page pk."""
    page_of = {page.canonical_url: page.pk for page in pages}
    source_page = {
        article.source_name: article.page_id
        for held in twins.values()
        for article in held
    }
    own = _latest_by_source(source_page)
    made_there = list(
        Decision.objects.filter(kind__in=KINDS, canonical_url__in=list(page_of))
    )
    strangers = {
        decision.source_name
        for decision in made_there
        if decision.source_name and decision.source_name not in source_page
    }
    latest_of_strangers = _latest_by_source(strangers)
    still_held = set(
        Article.objects.filter(source_name__in=strangers).values_list(
            "source_name", flat=True
        )
    )
    counting: dict[int, list[Decision]] = defaultdict(list)
    for source, decision in own.items():
        counting[source_page[source]].append(decision)
    for decision in made_there:
        source = decision.source_name
        if source in source_page:
            continue
        superseded = source and latest_of_strangers[source].pk != decision.pk
        left = source in still_held and decision.kind != WITHDRAW
        if not superseded and not left:
            counting[page_of[decision.canonical_url]].append(decision)
    return {page: max(found, key=_age) for page, found in counting.items()}


def _latest_by_source(sources: Iterable[str]) -> dict[str, Decision]:
    latest: dict[str, Decision] = {}
    for decision in Decision.objects.filter(
        kind__in=KINDS, source_name__in=list(sources)
    ):
        held = latest.get(decision.source_name)
        if held is None or _age(held) < _age(decision):
            latest[decision.source_name] = decision
    return latest


def _age(decision: Decision) -> tuple[datetime, int]:
    return decision.at, decision.pk
