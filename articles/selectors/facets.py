"""How much would be left under each further condition, counted in one query.

Counted are stories; of pages without a story for readers each counts for itself. The
counts are exact up to SAMPLE pages. Of more pages so many are looked at, and what is
counted is marked: there are at least so many.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, IntegerField, Value, When

from articles.models import ArticleTopic, Provider, StoryTopic, Topic
from articles.models.page import PageQuerySet

from .summaries import HAS_PICTURE

SAMPLE = 20_000
_OF_STORY = ("story_id", "story__lead_id", "story__provider_count")
FACETS = ("topic", "provider", "type", "has_image", "coverage")


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a facet, and how many stories are left where it is chosen."""

    value: str
    name: str
    stories: int


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of a facet that leave something, most stories first, then by name.

    Where `sampled`, there are at least so many.
    """

    options: tuple[Option, ...] = ()
    sampled: bool = False


@dataclass(frozen=True, slots=True)
class Facets:
    """What each facet offers, and how many stories meet all conditions."""

    by_name: Mapping[str, Facet]
    stories: int
    sampled: bool


def facets(
    pages: PageQuerySet,
    without: Mapping[str, PageQuerySet],
    *,
    steps: Sequence[int] = (),
    with_words: PageQuerySet | None = None,
) -> Facets:
    """Count the options of all facets among visible pages.

    `pages` meet all conditions; `without` has, for each facet in force, the pages that
    meet the others. `steps` are the numbers of publishers that may be asked for;
    `with_words` are all pages with the words, of which search gives a sample, too. One
    query.
    """
    bases = [pages, *without.values()]
    base_of = dict.fromkeys(FACETS, 0) | {
        name: place for place, name in enumerate(without, 1)
    }
    rows = _counted(bases, base_of, with_words)
    size = {place: held for kind, place, _, held in rows if kind == "pages"}
    narrowed_sample = size.pop("", 0) >= SAMPLE
    total = {place: held for kind, place, _, held in rows if kind == "stories"}
    found: dict[str, list[Option]] = {name: [] for name in FACETS}
    for kind, value, name, held in rows:
        if kind in found:
            found[kind].append(Option(value, name, held))
    found["has_image"] = [one for one in found["has_image"] if one.stories]
    found["coverage"] = _reaching(found["coverage"], steps)
    return Facets(
        {
            name: Facet(
                tuple(sorted(options, key=_rank)),
                sampled=narrowed_sample or size[str(base_of[name])] >= SAMPLE,
            )
            for name, options in found.items()
        },
        stories=total["0"],
        sampled=narrowed_sample or size["0"] >= SAMPLE,
    )


def left_over(bases: Mapping[str, PageQuerySet], *, most: int) -> dict[str, int]:
    """How many stories each of several sets of pages holds; no more than one past
    `most` are counted. One query."""
    with_, params = _with(list(bases.values()))
    counts = " UNION ALL ".join(
        f"SELECT {place}, COUNT(*) FROM "
        f"(SELECT DISTINCT k FROM base{place} LIMIT {most + 1}) counted"
        for place in range(len(bases))
    )
    names = list(bases)
    return {names[place]: held for place, held in _rows(with_ + counts, params)}


def _counted(
    bases: Sequence[PageQuerySet],
    base_of: Mapping[str, int],
    with_words: PageQuerySet | None,
) -> list[tuple[str, str, str, int]]:
    with_, params = _with(bases)
    counts = [
        *(_count_of(name, base_of[name]) for name in FACETS),
        *(
            f"SELECT '{kind}', '{place}', '', COUNT({what}) FROM base{place}"
            for place in range(len(bases))
            for kind, what in (("pages", "*"), ("stories", "DISTINCT k"))
        ),
    ]
    if with_words is not None:
        sql, given = _columns(with_words)
        counts.append(f"SELECT 'pages', '', '', COUNT(*) FROM ({sql}) said")
        params += given
    return _rows(with_ + " UNION ALL ".join(counts), params)


def _with(bases: Sequence[PageQuerySet]) -> tuple[str, list[Any]]:
    """The bases as common table expressions, which each count then reads.

    `k` is the story of a page, or less than nothing for a page without one.
    """
    tables: list[str] = []
    params: list[Any] = []
    for place, pages in enumerate(bases):
        sql, given = _columns(pages)
        params += given
        tables.append(f"""
            page{place} (id, article, provider, type, picture, story, lead, publishers)
            AS ({sql}),
            base{place} (k, article, provider, type, picture, publishers) AS (
                SELECT CASE WHEN lead IS NULL THEN -id ELSE story END,
                    article, provider, type, picture,
                    CASE WHEN lead IS NULL THEN 0 ELSE publishers END
                FROM page{place}
            )""")
    return f"WITH {', '.join(tables)} ", params


def _columns(pages: PageQuerySet) -> tuple[str, Sequence[Any]]:
    """The query for all that is counted of a sample of pages, and its parameters."""
    picture = Case(
        When(HAS_PICTURE, then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )
    rows = pages.values_list(
        "pk", "article_id", "provider_id", "type", picture, *_OF_STORY
    )
    try:
        return rows[:SAMPLE].query.sql_with_params()
    except EmptyResultSet:
        return "SELECT 0, 0, 0, '', 0, 0, 0, 0 WHERE 1 = 0", ()


def _count_of(name: str, place: int) -> str:
    """The statement that counts one facet's options over its base."""
    if name == "topic":
        return _topics(place)
    if name == "provider":
        return f"""
            SELECT 'provider', named.domain, named.name, counted.held FROM (
                SELECT provider, COUNT(DISTINCT k) AS held
                FROM base{place} GROUP BY provider
            ) counted JOIN {_table(Provider)} named ON named.id = counted.provider"""
    value, condition = {
        "type": ("type", ""),
        "has_image": ("'1'", "WHERE picture = 1"),
        "coverage": ("CAST(publishers AS VARCHAR(10))", "WHERE publishers > 0"),
    }[name]
    group = "" if name == "has_image" else f"GROUP BY {value}"
    return (
        f"SELECT '{name}', {value}, '', COUNT(DISTINCT k) "
        f"FROM base{place} {condition} {group}"
    )


def _topics(place: int) -> str:
    """Stories by their labels; pages that stand alone by their articles'."""
    labelled = f"""
        SELECT label.topic_id FROM (SELECT DISTINCT k FROM base{place}) found
        JOIN {_table(StoryTopic)} label ON label.story_id = found.k"""
    own = f"""
        UNION ALL SELECT label.topic_id FROM base{place} found
        JOIN {_table(ArticleTopic)} label ON label.article_id = found.article
        WHERE found.k < 0"""
    return f"""
        SELECT 'topic', named.slug, named.name, counted.held FROM (
            SELECT topic_id, COUNT(*) AS held
            FROM ({labelled} {own}) labels GROUP BY topic_id
        ) counted JOIN {_table(Topic)} named ON named.id = counted.topic_id"""


def _reaching(counts: Iterable[Option], steps: Sequence[int]) -> list[Option]:
    """Stories by how many publishers they have, as those with at least so many."""
    held = [(int(option.value), option.stories) for option in counts]
    found = [
        Option(
            str(step), "", sum(stories for number, stories in held if number >= step)
        )
        for step in steps
    ]
    return [option for option in found if option.stories]


def _rank(option: Option) -> tuple[int, str, str]:
    return -option.stories, option.name.casefold(), option.value


def _table(model: Any) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _rows(sql: str, params: Sequence[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())
