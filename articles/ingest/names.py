"""Rows that drops share, by the names drops use for them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterable, Sequence
from typing import TypeVar

from articles.drops.drop import Drop, ProviderRef, RelatedEntry
from articles.models import Image, Provider, RelatedLink, Topic
from articles.models.bulk import chunks, create_rows
from articles.rules.canonical_url import InvalidUrl, canonical_url, shown_url
from articles.rules.text.clean import clean_text
from articles.rules.text.slug import topic_key, topic_slug
from articles.settle.home import homes, page_keys

Key = TypeVar("Key", str, bytes)
REMEMBERED = 20_000


class Names:
    """Finds or makes pages, publishers, topics and wordings, a batch at a time.

    It remembers the most recently used, up to a bound: what an import costs in
    memory does not depend on its size.
    """

    def __init__(self) -> None:
        self._pages: OrderedDict[str, int] = OrderedDict()
        self._providers: OrderedDict[str, int] = OrderedDict()
        self._topics: OrderedDict[str, int] = OrderedDict()
        # digest of a wording -> its pk and its page's
        self._links: OrderedDict[bytes, tuple[int, int]] = OrderedDict()

    def forget(self) -> None:
        """Forget everything: some of it may have been rolled back or deleted."""
        for held in (self._pages, self._providers, self._topics, self._links):
            held.clear()

    def learn(self, drops: Sequence[Drop]) -> None:
        """Make sure that all that these drops name has a row, and remember it."""
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
        self._learn_pages({drop.canonical_url for drop in drops})
        self._learn_links(entries)

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
            rows = Provider.objects.filter(domain__in=some)
            held = dict(rows.values_list("domain", "pk"))
            new = create_rows(
                Provider(domain=domain, name=missing[domain].name)
                for domain in some
                if domain not in held
            )
            self._providers |= held | {row.domain: row.pk for row in new}

    def _learn_topics(self, named: Collection[str]) -> None:
        missing = {
            topic_key(name): name
            for name in sorted(named)
            if topic_key(name) not in self._topics
        }
        for some in chunks(missing):
            rows = Topic.objects.filter(key__in=some)
            held = dict(rows.values_list("key", "pk"))
            new = create_rows(
                Topic(key=key, name=missing[key], slug=topic_slug(missing[key]))
                for key in some
                if key not in held
            )
            self._topics |= held | {topic.key: topic.pk for topic in new}

    def _learn_links(self, entries: dict[bytes, RelatedEntry]) -> None:
        for some in chunks(sorted(entries)):
            rows = RelatedLink.objects.filter(digest__in=some)
            held = {
                bytes(digest): (pk, page)
                for digest, pk, page in rows.values_list("digest", "pk", "page")
            }
            missing = [entries[digest] for digest in some if digest not in held]
            self._learn_pages(entry.canonical_url for entry in missing)
            new = create_rows(self._new_link(entry) for entry in missing)
            create_rows(
                Image(
                    related_link=link,
                    position=position,
                    url=image.url,
                    width=image.width,
                    height=image.height,
                    title=image.title,
                    is_cached=image.is_cached,
                )
                for link, entry in zip(new, missing, strict=True)
                for position, image in enumerate(entry.images)
            )
            self._links |= held | {
                bytes(link.digest): (link.pk, link.page_id) for link in new
            }

    def _new_link(self, entry: RelatedEntry) -> RelatedLink:
        return RelatedLink(
            digest=entry.digest,
            page_id=self._pages[entry.canonical_url],
            canonical_url=entry.canonical_url,
            amp_key=amp_key(entry.amp_url, entry.canonical_url),
            cdn_amp_key=amp_key(entry.cdn_amp_url, entry.canonical_url),
            provider_id=self._providers[entry.provider.domain],
            provider_name=entry.provider.name,
            title=clean_text(entry.title),
            excerpt=clean_text(entry.excerpt),
            published_at=entry.published_at,
            type=entry.type,
            url=shown_url(entry.web_url),
            web_url=entry.web_url,
            amp_url=entry.amp_url,
            cdn_amp_url=entry.cdn_amp_url,
            quality=entry.quality,
        )

    def _trim(self) -> None:
        """Drop the oldest; what a batch learns is never dropped before it ends."""
        for held in (self._pages, self._providers, self._topics, self._links):
            while len(held) > REMEMBERED:
                held.popitem(last=False)


def amp_key(amp_url: str, canonical: str) -> str:
    """The canonical AMP address, "" where there is none besides the page's own."""
    try:
        key = canonical_url(amp_url) if amp_url else ""
    except InvalidUrl:
        return ""
    return "" if key == canonical else key
