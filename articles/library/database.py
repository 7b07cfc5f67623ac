"""The library of pages, lists and constraints that the database holds.

It reads what is asked for and keeps it, so it is good for one rebuilding only.
Pages are known by canonical URL outside and by primary key inside.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Count

from articles.clustering import candidates
from articles.clustering.candidates import Posting as Place
from articles.clustering.problem import ClusterPage, Constraint
from articles.models import Article, Mention, Page, Posting
from articles.models.bulk import among, chunks, plain_rows

from .decisions import pair_decisions
from .pages import SEEN, page_of_row

NOBODY: frozenset[str] = frozenset()
HOLDERS_KEPT = 20_000  # postings; a page has ten, and is looked for beside each


class DatabaseLibrary:
    """What the database holds at the time of asking; see `Library`."""

    def __init__(self) -> None:
        self._pages: dict[str, ClusterPage | None] = {}
        self._urls: dict[int, str] = {}
        self._pks: dict[str, int] = {}
        self._lists: dict[int, tuple[str, ...]] = {}  # by article
        self._holders: dict[str, frozenset[str]] = {}
        self._in_lists: dict[str, bool] = {}
        self._counted: set[int] = set()
        self._often: dict[int, int] = {}  # lists that name a page, if very many do
        self._constraints: dict[str, set[Constraint]] = {}

    @property
    def size(self) -> int:
        """How many pages it has looked up so far: what it takes in memory."""
        return len(self._pages)

    def urls(self, pks: Iterable[int]) -> list[str]:
        """Canonical URLs of pages that exist, by primary key."""
        self._learn_urls(pks := list(pks))
        return [self._urls[pk] for pk in pks if pk in self._urls]

    def pks(self, keys: Iterable[str]) -> list[int]:
        """Primary keys of pages that exist, by canonical URL."""
        wanted = list(keys)
        missing = [key for key in wanted if key not in self._pks]
        for some in chunks(missing):
            rows = Page.objects.filter(canonical_url__in=among(some))
            self._note(rows.values_list("pk", "canonical_url"))
        return [self._pks[key] for key in wanted if key in self._pks]

    def pages(self, keys: Iterable[str]) -> Mapping[str, ClusterPage]:
        wanted = list(keys)
        for some in chunks([key for key in wanted if key not in self._pages]):
            self._pages.update(dict.fromkeys(some))
            for page in _pages(some):
                self._pages[page.key] = page
        found = {key: self._pages[key] for key in wanted}
        return {key: page for key, page in found.items() if page is not None}

    def listed_with(
        self, keys: Iterable[str], *, spare: int = 0
    ) -> Mapping[str, Iterable[str]]:
        most = candidates.FULL_LISTS + spare
        pks = self.pks(keys)
        self._count_lists(pks)
        lists_of: dict[int, list[int]] = defaultdict(list)
        for some in chunks(pk for pk in pks if self._often.get(pk, 0) <= most):
            mentions = Mention.objects.filter(page__in=among(some))
            for page, article in plain_rows(mentions.values_list("page", "article")):
                lists_of[page].append(article)
            owners = Article.objects.filter(page__in=among(some))
            for page, article in owners.values_list("page", "pk"):
                lists_of[page].append(article)
        named = {one for found in lists_of.values() for one in found}
        self._count_lists(self._learn_lists(named))
        common = {self._urls[pk] for pk, count in self._often.items() if count > most}
        found: dict[str, set[str]] = {}
        for page, articles in lists_of.items():
            listed = found[self._urls[page]] = set[str]()
            listed.update(*(self._lists[one] for one in articles))
            listed -= common
        return found

    def _count_lists(self, pages: Iterable[int]) -> None:
        """Find out which of the pages very many lists name."""
        new = [page for page in pages if page not in self._counted]
        self._counted.update(new)
        for some in chunks(new):
            named = Mention.objects.filter(page__in=among(some)).values("page")
            # Few are, and the index alone tells which may be.
            much = named.annotate(count=Count("pk")).filter(
                count__gt=candidates.FULL_LISTS
            )
            if maybe := list(much.values_list("page", flat=True)):
                self._often |= _lists_naming(maybe)

    def listed(self, keys: Iterable[str]) -> Collection[str]:
        wanted = list(keys)
        self._learn_listed(self.pks(key for key in wanted if key not in self._in_lists))
        return {key for key in wanted if self._in_lists.get(key)}

    def _learn_listed(self, pks: Iterable[int]) -> None:
        for some in chunks(pks):
            self._in_lists |= {self._urls[page]: False for page in some}
            named = Mention.objects.filter(page__in=among(some))
            owning = Mention.objects.filter(article__page__in=among(some))
            for rows in (
                named.values_list("page", flat=True),
                owning.values_list("article__page", flat=True),
            ):
                found = {self._urls[page]: True for page in rows.distinct()}
                self._in_lists |= found

    def postings(self, keys: Iterable[str]) -> Mapping[str, Iterable[Place]]:
        """As they are stored, which of changed pages can be as they were before."""
        found: dict[str, list[Place]] = defaultdict(list)
        for some in chunks(self.pks(keys)):
            rows = Posting.objects.filter(page__in=among(some)).values_list(
                "page", "key"
            )
            for page, key in rows:
                found[self._urls[page]].append(read(key))
        return found

    def holders(self, found: Iterable[Place]) -> Mapping[Place, frozenset[str]]:
        wanted = list(found)
        self._learn_holders(map(spelled, wanted))
        return {place: self._holders[spelled(place)] for place in wanted}

    def forget_words(self, keys: Iterable[str]) -> None:
        """Ask again what these pages say."""
        for key in keys:
            self._pages.pop(key, None)

    def forget_postings(self) -> None:
        """Ask again who has which posting: some have changed."""
        self._holders.clear()

    def _learn_holders(self, keys: Iterable[str]) -> None:
        if len(self._holders) > HOLDERS_KEPT:
            self._holders.clear()
        for some in chunks({key for key in keys if key not in self._holders}):
            held: dict[str, list[int]] = defaultdict(list)
            rows = Posting.objects.filter(key__in=among(some)).values_list(
                "key", "page"
            )
            for key, page in rows:
                held[key].append(page)
            self._learn_urls({page for pages in held.values() for page in pages})
            self._holders |= dict.fromkeys(some, NOBODY)
            for key, pages in held.items():
                self._holders[key] = frozenset(self._urls[page] for page in pages)

    def constraints(self, keys: Iterable[str]) -> Iterable[Constraint]:
        wanted = list(keys)
        self._learn_constraints(key for key in wanted if key not in self._constraints)
        return {one for key in wanted for one in self._constraints[key]}

    def _learn_constraints(self, keys: Iterable[str]) -> None:
        new: dict[str, set[Constraint]] = {key: set() for key in keys}
        made = pair_decisions(self.pks(new))
        self._learn_urls({page for one in made for page in (one.a, one.b)})
        for one in made:
            a, b = self._urls[one.a], self._urls[one.b]
            for key in new.keys() & {a, b}:
                new[key].add(Constraint(one.kind, a, b, one.serial))
        self._constraints |= new

    def _learn_lists(self, articles: Iterable[int]) -> set[int]:
        """Ask what is on lists that were not asked about; return all these pages."""
        learnt: set[int] = set()
        for some in chunks(one for one in articles if one not in self._lists):
            named: dict[int, list[int]] = defaultdict(list)
            owners = Article.objects.filter(pk__in=among(some)).values_list(
                "pk", "page"
            )
            for article, page in owners:
                named[article].append(page)
            rows = Mention.objects.filter(article__in=among(some))
            for article, page in plain_rows(rows.values_list("article", "page")):
                named[article].append(page)
            new = {page for pages in named.values() for page in pages}
            self._learn_urls(new)
            learnt |= new
            for article, pages in named.items():
                self._lists[article] = tuple(self._urls[page] for page in pages)
        return learnt

    def _learn_urls(self, pks: Iterable[int]) -> None:
        for some in chunks({pk for pk in pks if pk not in self._urls}):
            rows = Page.objects.filter(pk__in=among(some))
            self._note(rows.values_list("pk", "canonical_url"))

    def _note(self, rows: Iterable[tuple[int, str]]) -> None:
        for pk, url in rows:
            self._urls[pk] = url
            self._pks[url] = pk


def spelled(place: Place) -> str:
    """A posting as the database keeps it."""
    word, bucket = place
    return f"{bucket}:{word[:150]}"


def read(key: str) -> Place:
    """A posting that the database keeps."""
    bucket, word = key.split(":", 1)
    return word, int(bucket)


def _lists_naming(pages: Sequence[int]) -> dict[int, int]:
    """Of pages that more lists name than tell anything: by how many each is named."""
    named = Mention.objects.filter(page__in=among(pages)).values("page")
    counts = named.annotate(count=Count("article", distinct=True))
    often = counts.filter(count__gt=candidates.FULL_LISTS)
    return dict(often.values_list("page", "count"))


def _pages(urls: Sequence[str]) -> Iterable[ClusterPage]:
    newest = _newest_twins(urls)
    rows = Page.objects.filter(canonical_url__in=among(urls)).exclude(published_at=None)
    said = rows.values_list("pk", "canonical_url", *SEEN, "drop_title", "drop_excerpt")
    for pk, url, *seen, drop_title, drop_excerpt in said:
        # Not what an editor set for readers: that must not move the page.
        seen[0] = seen[0] if drop_title is None else drop_title
        seen[1] = seen[1] if drop_excerpt is None else drop_excerpt
        title, excerpt, published_at, domain = newest.get(pk, seen)
        yield page_of_row(url, title, excerpt, published_at, domain)


def _newest_twins(urls: Sequence[str]) -> dict[int, list[Any]]:
    """Of pages with twins, the one whose words count here.

    Not the one that readers see: hiding an article must not move its page.
    """
    hidden = Article.objects.filter(page__canonical_url__in=among(urls), shown_on=None)
    twins = (
        Article.objects.filter(page__in=hidden.values("page"))
        .order_by("published_at", "-source_name")
        .values_list("page", *SEEN)
    )
    return {page: seen for page, *seen in twins}
