"""Rows that drops share, by the names drops use for them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterable, Sequence
from typing import TypeVar

from articles.drops.drop import Drop, ProviderRef, RelatedEntry
from articles.models import Article, Provider, RelatedLink
from articles.models.bulk import among, chunks, create_rows, save_fields
from articles.rules.text.slug import topic_key
from articles.settle.home import homes, page_keys
from articles.settle.names import topic_keys

from .fields import differing, set_fields, wording_fields
from .pictures import store_pictures

Key = TypeVar("Key", str, bytes)
REMEMBERED = 20_000


class Names:
    """Finds or makes pages, publishers, topics and wordings, a batch at a time.

    It remembers the most recently used, up to a bound: what an import costs in
    memory does not depend on its size.

    A wording that is held is found by its digest, whatever rules wrote its row. While
    some drops are due to be read again, or with `compare`, such rows are compared
    with what today's rules make of them.
    """

    def __init__(self, *, compare: bool = False) -> None:
        self._compare: bool | None = compare or None  # None: not known yet
        self._pages: OrderedDict[str, int] = OrderedDict()
        self._providers: OrderedDict[str, int] = OrderedDict()
        self._topics: OrderedDict[str, int] = OrderedDict()
        # digest of a wording -> its pk and its page's
        self._links: OrderedDict[bytes, tuple[int, int]] = OrderedDict()

    def forget(self) -> None:
        """Forget everything: some of it may have been rolled back or deleted."""
        for held in (self._pages, self._providers, self._topics, self._links):
            held.clear()

    def learn(self, drops: Sequence[Drop]) -> dict[int, int]:
        """Make sure that all that these drops name has a row, and remember it.

        Returns the wordings whose rows say something else now, and their pages.
        """
        self._trim()
        entries = {
            entry.digest: entry
            for drop in drops
            for entry in drop.related
            if entry.digest not in self._links
        }
        self._learn_providers(
            [drop.provider for drop in drops]
            + [entry.provider for entry in entries.values()]
        )
        self._learn_topics({name for drop in drops for name in drop.topics})
        reworded = self._find_links(entries)
        new = [entries[one] for one in sorted(entries.keys() - self._links.keys())]
        self._learn_pages({said.canonical_url for said in (*drops, *new)})
        self._make_links(new)
        return reworded

    def page(self, canonical_url: str) -> int:
        return self._pages[canonical_url]

    def provider(self, domain: str) -> int:
        return self._providers[domain]

    def topic(self, name: str) -> int:
        return self._topics[topic_key(name)]

    def link(self, entry: RelatedEntry) -> tuple[int, int]:
        """The primary keys of an entry's wording and of its page."""
        return self._links[entry.digest]

    def _learn_pages(self, urls: Iterable[str]) -> None:
        missing = {url for url in urls if url not in self._pages}
        for some in chunks(sorted(missing)):
            claimed = homes(some)
            self._pages |= page_keys(set(some) - claimed.keys()) | claimed

    def _learn_providers(self, named: Sequence[ProviderRef]) -> None:
        missing = {
            provider.domain: provider
            for provider in named
            if provider.domain not in self._providers
        }
        for some in chunks(sorted(missing)):
            rows = Provider.objects.filter(domain__in=among(some))
            held = dict(rows.values_list("domain", "pk"))
            new = create_rows(
                Provider(domain=domain, name=missing[domain].name)
                for domain in some
                if domain not in held
            )
            self._providers |= held | {row.domain: row.pk for row in new}

    def _learn_topics(self, named: Collection[str]) -> None:
        self._topics |= topic_keys(
            name for name in named if topic_key(name) not in self._topics
        )

    def _find_links(self, entries: dict[bytes, RelatedEntry]) -> dict[int, int]:
        reworded: dict[int, int] = {}
        for some in chunks(sorted(entries)):
            rows = RelatedLink.objects.filter(digest__in=some)
            held = {
                bytes(digest): (pk, page)
                for digest, pk, page in rows.values_list("digest", "pk", "page")
            }
            if held and self._compares():
                reworded |= self._reword(rows, entries)
            self._links |= held
        return reworded

    def _make_links(self, entries: Sequence[RelatedEntry]) -> None:
        new = create_rows(self._new_link(entry) for entry in entries)
        store_pictures(
            (link, entry.images) for link, entry in zip(new, entries, strict=True)
        )
        self._links |= {bytes(link.digest): (link.pk, link.page_id) for link in new}

    def _new_link(self, entry: RelatedEntry) -> RelatedLink:
        return RelatedLink(
            digest=entry.digest,
            page_id=self._pages[entry.canonical_url],
            provider_id=self._providers[entry.provider.domain],
            **wording_fields(entry),
        )

    def _compares(self) -> bool:
        if self._compare is None:
            self._compare = Article.objects.read_by_other_rules().exists()
        return self._compare

    def _reword(
        self, rows: Iterable[RelatedLink], entries: dict[bytes, RelatedEntry]
    ) -> dict[int, int]:
        """Let held wordings say what today's rules make of their entries."""
        behind = []
        for link in rows:
            fields = wording_fields(entries[bytes(link.digest)])
            if differing(link, fields):
                set_fields(link, fields)
                behind.append(link)
        if behind:
            save_fields(behind, list(fields))
        return {link.pk: link.page_id for link in behind}

    def _trim(self) -> None:
        """Drop the oldest; what a batch learns is never dropped before it ends."""
        for held in (self._pages, self._providers, self._topics, self._links):
            while len(held) > REMEMBERED:
                held.popitem(last=False)
