"""What clustering has to know to explain one story, read in three questions.

`DatabaseLibrary` asks as a rebuilding goes along, some hundred times for a large
story. To explain one it is enough to hold

- its pages, for only they are tied to each other here;
- the lists that name or belong to one of them, with the words of everything on
  these lists, for those are what makes a word of the story common or telling;
- the merges between its pages.

So each tie weighs what it weighed when the story was made. Three things differ: pages
with twins speak in the words readers see; where pages were found by their words
alone, other stories are not counted when a word is judged too common to be a clue;
nor are their lists when a page is judged to be named too often.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from articles.clustering import ClusterPage, Constraint, RelatedList
from articles.clustering.candidates import Posting
from articles.models import Article, Decision, Mention, Page, RelatedLink

from .memory import MemoryLibrary
from .pages import cluster_page


@dataclass(frozen=True, slots=True)
class StoryEvidence:
    """One story as clustering sees it, and what its lists name besides."""

    library: StoryLibrary
    lists: tuple[RelatedList, ...]  # of the articles that speak for their pages
    others: tuple[Page, ...]  # what is on its lists besides, hidden pages included
    named_others: tuple[Page, ...]  # of these, what a listed page of the story names


class StoryLibrary:
    """A library of one story's pages and of all that is listed with them."""

    def __init__(
        self,
        pages: Collection[ClusterPage],
        others: Iterable[ClusterPage],
        lists: Sequence[RelatedList],
        merges: Iterable[Constraint],
    ) -> None:
        self._all = MemoryLibrary([*pages, *others], lists, merges)
        self._story = MemoryLibrary(pages, ())
        keys = {page.key for page in pages}
        self._only_listed = keys == set(self._all.listed(keys))

    def pages(self, keys: Iterable[str]) -> Mapping[str, ClusterPage]:
        return self._all.pages(keys)

    def listed_with(
        self, keys: Iterable[str], *, spare: int = 0
    ) -> Mapping[str, Iterable[str]]:
        return self._all.listed_with(keys, spare=spare)

    def listed(self, keys: Iterable[str]) -> Collection[str]:
        return self._all.listed(keys)

    def postings(self, keys: Iterable[str]) -> Mapping[str, Iterable[Posting]]:
        return self._all.postings(keys)

    def holders(self, found: Iterable[Posting]) -> Mapping[Posting, frozenset[str]]:
        if self._only_listed:
            # Lists are believed: by words alone only pages in no list are tied.
            return dict.fromkeys(found, frozenset())
        return self._story.holders(found)

    def constraints(self, keys: Iterable[str]) -> Iterable[Constraint]:
        return self._all.constraints(keys)


def story_evidence(pages: Sequence[Page]) -> StoryEvidence:
    """Read what explains these pages of one story, providers selected with them."""
    members = [page.pk for page in pages]
    rows = _list_rows(members)
    others = _listed_besides(members)
    lists = _lists(rows, {page.pk: page.canonical_url for page in (*others, *pages)})
    speaking = {page.article_id for page in (*others, *pages)}
    asking = {page.article_id for page in pages if page.is_listed}
    named = {page for article, _, page in rows if article in asking}
    return StoryEvidence(
        library=StoryLibrary(
            _dated(pages), _dated(others), list(lists.values()), _merges(pages)
        ),
        lists=tuple(one for article, one in lists.items() if article in speaking),
        others=tuple(others),
        named_others=tuple(page for page in others if page.pk in named),
    )


def _lists(
    rows: Iterable[tuple[int, int, int]], urls: Mapping[int, str]
) -> dict[int, RelatedList]:
    """Of each article whose page is among these: its list, as far as they are on it."""
    named: dict[int, list[str]] = defaultdict(list)
    owners: dict[int, int] = {}
    for article, owner, page in rows:
        owners[article] = owner
        if page in urls:
            named[article].append(urls[page])
    return {
        article: RelatedList(urls[owner], tuple(named[article]))
        for article, owner in owners.items()
        if owner in urls
    }


def _list_rows(members: Sequence[int]) -> list[tuple[int, int, int]]:
    """(article, its page, page it names) of every list with one of the pages."""
    rows = Mention.objects.filter(article__in=_holding(members)).order_by(
        "article", "position"
    )
    return list(rows.values_list("article", "article__page", "page"))


def _listed_besides(members: Sequence[int]) -> list[Page]:
    """The other pages on these lists, and their owners."""
    holding = _holding(members)
    named = Mention.objects.filter(article__in=holding).values("page")
    owning = holding.values("page")
    others = Page.objects.filter(Q(pk__in=named) | Q(pk__in=owning))
    others = others.exclude(pk__in=members).exclude(published_at=None)
    return list(others.select_related("provider").order_by("pk"))


def _holding(members: Sequence[int]) -> QuerySet[Article]:
    """Articles whose list names one of the pages, or that have one of them."""
    naming = Mention.objects.filter(page__in=members).values("article")
    return Article.objects.filter(Q(pk__in=naming) | Q(page__in=members))


def _dated(pages: Iterable[Page]) -> list[ClusterPage]:
    return [cluster_page(page) for page in pages if page.published_at is not None]


def _merges(pages: Sequence[Page]) -> list[Constraint]:
    """What editors laid down about two of these pages being one story."""
    urls = {page.pk: page.canonical_url for page in pages}
    articles = Article.objects.filter(page__in=list(urls))
    wordings = RelatedLink.objects.filter(page__in=list(urls))
    made = (
        Decision.objects.standing()
        .filter(
            Q(canonical_url__in=list(urls.values()))
            | Q(canonical_url__in=wordings.values("canonical_url"))
            | Q(source_name__in=articles.values("source_name")),
            kind=Decision.Kind.MERGE,
        )
        .with_pages()
        .order_by("pk")
        .values_list("page", "other_page")
    )
    return [
        Constraint("merge", urls[one], urls[two], serial)
        for serial, (one, two) in enumerate(made)
        if one in urls and two in urls and one != two
    ]
