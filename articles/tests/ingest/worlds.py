"""Small random sites: sources and their versions, lists, decisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from hypothesis import strategies as st

from articles.models import Article, Decision, Page
from articles.publishing.decisions import record
from articles.rules.canonical_url import canonical_url
from articles.settle import settle
from articles.tests.make import NOW, front_matter, import_drops

Version = Mapping[str, Any]
KEPT = (
    "kind",
    "source_name",
    "canonical_url",
    "value",
    "author",
    "at",
    "undone_at",
)

SOURCES = tuple(f"desk/{letter}" for letter in "abcd")
URLS = tuple(f"https://press.example/{n}" for n in range(6))
SPELLINGS = (
    *URLS,
    "http://press.example/0?utm_source=x",
    "https://PRESS.example:443/1#top",
)
TITLES = (
    "Harbour strike ends in Oslo",
    "Oslo harbour strike ends today",
    "Glacier lake found near Bergen",
)
TOPICS = ("Ships", "ships", "SHIPS", "C#", "C++", "Caf\u00e9", "Cafe\u0301", "Law")
HOURS = tuple(f"2024-03-01T{hour:02}:00:00Z" for hour in (6, 9, 12))
_amp = st.sampled_from((None, None, None, None, *URLS[3:]))
_providers = st.builds(
    lambda domain, name, logo: (
        {"domain": domain, "name": name} | ({"images": [{"url": logo}]} if logo else {})
    ),
    st.sampled_from(("one.example", "two.example", "www.one.example")),
    st.sampled_from(("One", "ONE", "Two")),
    st.sampled_from((None, "https://i.example/1.png", "https://i.example/2.png")),
)
_entries = st.fixed_dictionaries(
    {
        "title": st.sampled_from((*TITLES, "As a list has it")),
        "publishedDateTime": st.sampled_from((*HOURS, None)),
        "webUrl": st.sampled_from(SPELLINGS),
        "provider": _providers,
        "quality": st.sampled_from((None, 10, 20)),
        "ampWebUrl": _amp,
    }
)
versions = st.fixed_dictionaries(
    {
        "title": st.sampled_from(TITLES),
        "webUrl": st.sampled_from(SPELLINGS),
        "publishedDateTime": st.sampled_from((*HOURS, "2024-04-03T00:00:00Z")),
        "quality": st.sampled_from((40, 60)),
        "ampWebUrl": _amp,
        "published": st.booleans(),
        "removed": st.sampled_from((None, None, None, True)),
        "provider": _providers,
        "topics": st.lists(st.sampled_from(TOPICS), max_size=3),
        "related": st.lists(_entries, max_size=3),
    }
)


@dataclass(frozen=True)
class Verdict:
    """An editor's decision about what has this source, or about a page."""

    kind: str
    about: str


@dataclass(frozen=True)
class Batch:
    """What one import brings: versions by source."""

    brought: tuple[tuple[str, Version], ...]


batches = st.dictionaries(
    st.sampled_from(SOURCES), versions, min_size=1, max_size=4
).map(lambda held: Batch(tuple(held.items())))
verdicts = st.builds(
    Verdict,
    st.sampled_from(("publish", "withdraw")),
    st.sampled_from((*SOURCES, *URLS)),
)


def histories(
    fewest: int = 1, most: int = 6
) -> st.SearchStrategy[list[Batch | Verdict]]:
    return st.lists(
        st.one_of(batches, batches, verdicts), min_size=fewest, max_size=most
    )


@contextmanager
def world() -> Iterator[None]:
    """A site of its own, gone at the end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def live(history: Sequence[Batch | Verdict]) -> None:
    """Let imports and decisions happen, an hour apart."""
    for hours, event in enumerate(history):
        now = NOW + timedelta(hours=0, minutes=hours)
        if isinstance(event, Batch):
            bring(dict(event.brought), now=now)
        else:
            decide(event, now=now)


def bring(held: Mapping[str, Version], *, now=NOW) -> None:
    report = import_drops(
        {f"{name}.txt": as_drop(version) for name, version in held.items()}, now=now
    )
    assert not report.rejected, [str(one) for one in report.problems]


def as_drop(version: Version) -> bytes:
    related = [
        {k: v for k, v in one.items() if v is not None} for one in version["related"]
    ]
    return front_matter({**version, "category": "news", "related": related or None})


def decide(verdict: Verdict, *, now=NOW) -> None:
    """As the desk does; about what is not there nothing can be decided."""
    subjects = list(
        Article.objects.filter(source_name=verdict.about).select_related("page")
    )
    if "://" in verdict.about:
        subjects = list(
            Page.objects.filter(
                canonical_url=canonical_url(verdict.about)
            ).select_related("article")
        )
    with transaction.atomic():
        record(Decision.Kind(verdict.kind), subjects, at=now)
        settle(now=now)


def last_versions(history: Sequence[Batch | Verdict]) -> dict[str, Version]:
    held: dict[str, Version] = {}
    for event in history:
        if isinstance(event, Batch):
            held |= dict(event.brought)
    return held


def decisions_made() -> list[dict[str, Any]]:
    return list(Decision.objects.order_by("pk").values(*KEPT))


def lay_down(made: Sequence[Mapping[str, Any]]) -> None:
    """The same decisions in another world."""
    Decision.objects.bulk_create(Decision(**one) for one in made)
