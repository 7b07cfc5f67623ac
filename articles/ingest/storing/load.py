"""Drops to rows: the facts only; what follows from them `articles.settle` derives.

Drops come in batches, since most of what they say they say together: a batch asks
for its pages, pieces and wordings at once and writes what is new. A batch is one
transaction, and none of it is left if any of it fails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db import DatabaseError

from articles.drops.drop import Drop
from articles.ingest.obstacles import obstacle
from articles.models import Article, ImportRun, Page, Stale
from articles.models.bulk import among, chunks
from articles.models.writing import writing
from articles.settle.names import name_providers
from articles.settle.readers import tell_readers

from .article_rows import compare, write
from .drop_store import Arrival, keep
from .mentions import store_mentions
from .names import Names
from .topics import store_topics

One = TypeVar("One")


@dataclass(frozen=True, slots=True)
class Incoming:
    """A checked drop and the bytes it was read from."""

    arrival: Arrival
    drop: Drop

    @property
    def source_name(self) -> str:
        return self.arrival.source_name


@dataclass(frozen=True, slots=True)
class Loaded:
    """The sources of a batch that were new here, and those that were known."""

    created: tuple[str, ...]
    updated: tuple[str, ...]
    changed: int  # articles that say something else than before, new ones included
    reworded: int  # wordings of lists that were held, and read otherwise now


@contextmanager
def all_or_none(names: Names) -> Iterator[None]:
    """A transaction; if it fails, `names` forgets what it may have undone."""
    try:
        with writing():
            yield
    except BaseException:
        names.forget()
        raise


def load_batch(
    batch: Sequence[Incoming], *, run: ImportRun, names: Names, now: datetime
) -> Loaded:
    """Store a batch and mark the pages concerned as stale, within `all_or_none`.

    No source occurs twice in a batch.
    """
    # In a savepoint of its own SQLite would copy all pages that change, and go over
    # the copies with each statement that may fail.
    drops = {coming.source_name: coming.drop for coming in batch}
    loaded = _load(drops, names=names, now=now)
    keep([coming.arrival for coming in batch], run=run)
    return loaded


def load_held(
    drops: Mapping[str, Drop], *, names: Names, now: datetime | None
) -> Loaded:
    """Store what held bytes say, by source name, as `load_batch` does.

    Without `now` all articles have to be here already; they stay those that came
    in when they did.
    """
    with all_or_none(names):
        return _load(drops, names=names, now=now)


def store_what_can_be(
    batch: Sequence[One], store: Callable[[Sequence[One]], None]
) -> Iterator[tuple[One, DatabaseError]]:
    """Store a batch; yield what the database refuses, and why, after the rest.

    Raises DatabaseError where the database itself is hindered, by a full disk say:
    that is no fault of any of them.
    """
    try:
        store(batch)
    except DatabaseError as error:
        if obstacle(error):
            raise
        if len(batch) == 1:
            yield batch[0], error
            return
        for one in batch:
            yield from store_what_can_be([one], store)


def mark_stale(pages: Iterable[int]) -> None:
    """Note that these pages must be derived again, their words and stories too."""
    for held in chunks(sorted(pages)):
        Page.objects.filter(pk__in=among(held)).exclude(stale=Stale.CONTENT).update(
            stale=Stale.CONTENT
        )


def _load(drops: Mapping[str, Drop], *, names: Names, now: datetime | None) -> Loaded:
    reworded = names.learn(list(drops.values()))
    known = Article.objects.in_bulk(list(drops), field_name="source_name")
    found = compare(drops, known, names=names, now=now)
    write(found, drops)
    name_providers(found.providers_left)
    articles = known | {article.source_name: article for article in found.new}
    pairs = [(articles[source_name], drop) for source_name, drop in drops.items()]
    rewritten = found.rewritten
    topics = store_topics(pairs, names=names, rewritten=rewritten)
    mentions = store_mentions(pairs, names=names, rewritten=rewritten)
    changed = topics.articles | mentions.articles
    told = {article.page_id for article, _ in pairs if article.pk in changed}
    tell_readers(found.told | told | (mentions.pages if mentions.articles else set()))
    mark_stale(found.pages | topics.pages | mentions.pages | set(reworded.values()))
    return Loaded(
        created=tuple(article.source_name for article in found.new),
        updated=tuple(known),
        changed=len(rewritten | changed),
        reworded=len(reworded),
    )
