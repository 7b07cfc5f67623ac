"""What readers may see: the drops' flags and the editors' decisions, put together.

A decision with a source name follows the source through its changes of URL. One
without holds for the page, under its AMP addresses too, and so does a withdrawal
made on a page that its source has since left or that has lost it: what an editor
took away does not come back by itself. Of one source's decisions, and of all that
meet on one page, the latest counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Q

from articles.library.decisions import READERS
from articles.models import Article, Decision, Page, Stale
from articles.models.bulk import among, chunks

PUBLISH = Decision.Kind.PUBLISH
WITHDRAW = Decision.Kind.WITHDRAW
# A drop dated further ahead waits on the desk until its day or an editor comes.
AHEAD = timedelta(days=1)
AT_ONCE = 500  # names by which decisions are looked up


class Made(NamedTuple):
    """A standing decision, as far as it is looked at here."""

    pk: int
    kind: str
    source_name: str
    canonical_url: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What becomes of one page: its twins' `published`, and who speaks for it."""

    twins: tuple[Article, ...]
    published: dict[int, bool]  # article pk -> what readers get
    decided: bool | None  # what an editor laid down for the page
    shown: Article | None  # of the twins, the one readers see
    is_listed: bool
    is_withdrawn: bool


def standings(
    pages: Sequence[Page], *, now: datetime, known_as: Mapping[str, int]
) -> dict[int, Standing]:
    """The standing of each page by pk, from its articles and all decisions on it.

    `known_as` are further addresses of pages, by which decisions may name them.
    """
    twins: dict[int, list[Article]] = defaultdict(list)
    for article in Article.objects.filter(page__in=among(page.pk for page in pages)):
        twins[article.page_id].append(article)
    page_of = {page.canonical_url: page.pk for page in pages} | {**known_as}
    decided = _decisions(page_of, twins)
    return {
        page.pk: standing(twins[page.pk], decided.get(page.pk), now=now)
        for page in pages
    }


def standing(
    twins: Sequence[Article], decision: Made | None, *, now: datetime
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
        twins=tuple(twins),
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


def wake_waiting(now: datetime) -> None:
    """Mark pages whose drops were dated ahead and whose day has come.

    So are those that came out too early, by a clock that was ahead.
    """
    come = Article.objects.waiting().filter(published_at__lte=now + AHEAD)
    early = Article.objects.filter(
        published=True, decided=None, published_at__gt=now + AHEAD
    )
    for wrong in (come, early):
        for some in chunks(wrong.values_list("page", flat=True).distinct()):
            pages = Page.objects.filter(pk__in=among(some), stale=Stale.NO)
            pages.update(stale=Stale.STANDING)


def _decisions(
    page_of: Mapping[str, int], twins: Mapping[int, Sequence[Article]]
) -> dict[int, Made]:
    """The decision that counts on each page, by page pk."""
    source_page = {
        article.source_name: article.page_id
        for held in twins.values()
        for article in held
    }
    made = [
        decision
        for some in chunks([*page_of, *source_page], AT_ONCE)
        for decision in _made(
            Q(canonical_url__in=among(some)) | Q(source_name__in=among(some))
        )
    ]
    made_there = [one for one in made if one.canonical_url in page_of]
    latest = {one.source_name: one for one in sorted(made, key=_age) if one.source_name}
    latest |= _latest_by_source(
        {one.source_name for one in made_there} - {*source_page}
    )
    counting: dict[int, list[Made]] = defaultdict(list)
    for source, page in source_page.items():
        if source in latest:
            counting[page].append(latest[source])
    for decision in made_there:
        source = decision.source_name
        withdrawn = decision.kind == WITHDRAW and latest.get(source) == decision
        if not source or withdrawn:
            counting[page_of[decision.canonical_url]].append(decision)
    return {page: max(found, key=_age) for page, found in counting.items()}


def _latest_by_source(sources: Iterable[str]) -> dict[str, Made]:
    latest: dict[str, Made] = {}
    for some in chunks({source for source in sources if source}):
        for decision in _made(Q(source_name__in=among(some))):
            latest[decision.source_name] = decision
    return latest


def _made(about: Q) -> Iterator[Made]:
    """Standing decisions about something, in the order in which they were made."""
    made = Decision.objects.standing().filter(about, kind__in=READERS)
    return map(Made._make, made.order_by("pk").values_list(*Made._fields))


def _age(decision: Made) -> int:
    return decision.pk
