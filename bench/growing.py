"""Copies of all that a site of made-up drops holds, as later drops would have left it.

Each copy has keys, days, addresses and names of its own, and some new publishers; the
everyday words stay. Keys and moments are found by the models; what else a table holds
`bench/columns.py` describes. A table or column of text that is not described is
refused, so that no big site is quietly wrong.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from hashlib import blake2b
from itertools import product
from sqlite3 import Connection

from django.apps import apps
from django.db import models

from articles.models import Provider
from articles.rules.public_id import article_id, page_id
from articles.search.entries import _Said

from .columns import COPIED, COUNTED, SHARED, of_publisher, words
from .made_words import MARK

MOST_COPIES = 240
BUCKET_DAYS = 3  # of postings
PUBLISHERS_EVERY = 8  # copies: then half of the publishers are others
_SECOND = 1 << 29  # in ids that are ordered by time
_INDEX_OF_WORDS = "articles_searchtext"
_FIRST = ("Provider", "Article", "Page", "Story")  # the others look these up
_WORDS = f"""
    INSERT INTO {_INDEX_OF_WORDS} (rowid, title, excerpt, provider, compounds)
    SELECT w.rowid + :articles_searchentry, {words("w.title")}, {words("w.excerpt")},
        {of_publisher("w.provider")}, {words("w.compounds")}
    FROM articles_searchentry e
    CROSS JOIN articles_page p ON p.id = e.page_id
    CROSS JOIN {_INDEX_OF_WORDS} w ON w.rowid = e.id
    WHERE e.id <= :most_articles_searchentry ORDER BY e.id
"""
_UNTOLD = (models.CharField, models.TextField, models.BinaryField, models.JSONField)


class NotDescribed(Exception):
    """A table or column of which nothing here says how it is copied."""


def multiply(
    held: Connection,
    copies: int,
    *,
    days: int,
    said: Callable[[int], None] = lambda number: None,
) -> None:
    """Add copies until there are so many of all, each so many days after another.

    Let there be 16 days between the news of two, as pages further from each other are
    never of one story; and whole buckets of postings. What is counted of all is to be
    counted again afterwards, and stories of the copies to be rendered.
    """
    if days % BUCKET_DAYS:
        raise ValueError("copies have to be whole buckets of days apart")
    if copies > MOST_COPIES:
        raise NotDescribed(f"there are names for {MOST_COPIES} copies only")
    statements = {model: _statement(model) for model in _models(held)}
    _functions(held)
    base = _base(held, statements) | {"days": days}
    for number in range(1, copies):
        given = _given(base, number)
        for model, statement in statements.items():
            if model is not Provider or not number % PUBLISHERS_EVERY:
                held.execute(statement, given)
        held.execute(_WORDS, given)
        said(number)


def _models(held: Connection) -> list[type[models.Model]]:
    """Those with rows of their own for each copy, in the order to write them."""
    found = list(apps.get_app_config("articles").get_models())
    named = {one.__name__: one for one in found if not one._meta.proxy}
    if unknown := sorted(named.keys() - COPIED.keys() - SHARED - COUNTED):
        raise NotDescribed(f"bench/columns.py does not describe {', '.join(unknown)}")
    tables = {one._meta.db_table for one in named.values()}
    for (table,) in held.execute("SELECT name FROM sqlite_master WHERE type = 'table'"):
        known = table in tables or table.startswith(_INDEX_OF_WORDS)
        if table.startswith("articles_") and not known:
            raise NotDescribed(f"bench/columns.py does not know the table {table}")
    order = [*_FIRST, *(name for name in COPIED if name not in _FIRST)]
    return [named[name] for name in order if name in named]


def _statement(model: type[models.Model]) -> str:
    meta = model._meta
    fields = meta.concrete_fields
    columns = ", ".join(str(field.column) for field in fields)
    values = ", ".join(_value(model, field) for field in fields)
    key = meta.pk.column
    only = f"{key} <= :most_{meta.db_table}"
    if model is Provider:
        only += f" AND {key} % 2 = 0"
    return (
        f"INSERT INTO {meta.db_table} ({columns}) SELECT {values} "
        f"FROM {meta.db_table} WHERE {only} ORDER BY {key}"
    )


def _value(model: type[models.Model], field: models.Field) -> str:  # type: ignore[type-arg]
    column = str(field.column)
    told = COPIED[model.__name__].get(field.name)
    if field.is_relation:
        return _key(field.related_model, column)
    if field.primary_key:
        return f"{column} + :{model._meta.db_table}"
    if told:
        return told(column)
    if isinstance(field, models.DateTimeField):
        return f"datetime({column}, :later)"
    if isinstance(field, models.DateField):
        return f"date({column}, :later)"
    if isinstance(field, _UNTOLD):
        raise NotDescribed(
            f"bench/columns.py does not describe {model.__name__}.{field.name}"
        )
    return column


def _key(of: type[models.Model], column: str) -> str:
    if of is Provider:
        table = of._meta.db_table
        return f"{column} + CASE WHEN {column} % 2 = 0 THEN :{table} ELSE 0 END"
    if of.__name__ in COPIED:
        return f"{column} + :{of._meta.db_table}"
    return column


def _base(
    held: Connection, statements: Mapping[type[models.Model], str]
) -> dict[str, int]:
    """The largest key of each table."""
    found = {}
    for model in statements:
        table, key = model._meta.db_table, model._meta.pk.column
        most_of = f"SELECT COALESCE(MAX({key}), 0) FROM {table}"
        (most,) = held.execute(most_of).fetchone()
        found[table] = most
    return found


def _given(base: Mapping[str, int], number: int) -> dict[str, int | str]:
    days = base["days"] * number
    mark, pmark = _mark(number), _mark(number - number % PUBLISHERS_EVERY)
    given: dict[str, int | str] = {
        f"most_{table}": most for table, most in base.items() if table != "days"
    }
    given |= {table: most * number for table, most in base.items()}
    given["articles_provider"] = base["articles_provider"] * (
        number // PUBLISHERS_EVERY
    )
    given["articles_searchentry"] = days * 86_400 * _SECOND
    return given | {
        "number": number,
        "days": days,
        "buckets": days // BUCKET_DAYS,
        "later": f"+{days} days",
        "copy": f"copy{number}",
        "mark": mark,
        "called": mark.title(),
        "pmark": pmark,
        "pcalled": pmark.title(),
    }


def _mark(number: int) -> str:
    """What the names of a copy begin with, as long as that of the first."""
    marks = [a + b + c for a, b, c in product("zxwjqh", "aeiou", "zxwjqhsc")]
    return marks[number - 1] if number else MARK


def _functions(held: Connection) -> None:
    held.create_function("page_id", 1, page_id, deterministic=True)
    held.create_function("article_id", 1, article_id, deterministic=True)
    held.create_function("fresh", 2, _fresh, deterministic=True)
    held.create_function("shifted", 2, _shifted, deterministic=True)
    held.create_function("search_digest", 5, _search_digest, deterministic=True)


def _fresh(digest: bytes | str, number: int) -> bytes | str:
    if isinstance(digest, str):
        return page_id(f"{digest} {number}")
    salt = number.to_bytes(2, "big")
    return blake2b(digest, digest_size=len(digest), salt=salt).digest()


def _shifted(pieces: bytes, by: int) -> bytes:
    ids = struct.iter_unpack("<I", zlib.decompress(pieces))
    moved = [pk + by for (pk,) in ids]
    return zlib.compress(struct.pack(f"<{len(moved)}I", *moved), 1)


def _search_digest(at: str, title: str, excerpt: str, name: str, domain: str) -> bytes:
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
    said = _Said(0, "", title, excerpt, name, domain, moment)
    return said.digest
