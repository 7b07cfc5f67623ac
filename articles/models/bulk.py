"""Many rows in one prepared statement, where the ORM would build one per batch."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any, TypeAlias, TypeVar, cast

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models.expressions import RawSQL

Item = TypeVar("Item")
Row = TypeVar("Row", bound=models.Model)
AnyField: TypeAlias = "models.Field[Any, Any]"

# Fewer than any database takes in a statement.
VARIABLES = 900
FEW = 4  # rows for which a statement of their own is the shortest way
ROWS = 50  # that one statement inserts; of more, each costs as much


def chunks(items: Iterable[Item], size: int = 500) -> Iterator[list[Item]]:
    """Cut items into lists of at most `size`: below any database's variable limit."""
    source = iter(items)
    while held := list(islice(source, size)):
        yield held


def among(values: Iterable[Item]) -> Iterable[Item]:
    """Many values to filter by: `pk__in=among(keys)`.

    As many places for parameters are built by Django and prepared by SQLite value for
    value, each time; here SQLite takes all as one, in a statement it has met before.
    """
    held = list(values)
    if not held or connection.vendor != "sqlite":
        return held
    one = RawSQL("SELECT value FROM json_each(%s)", [json.dumps(held)])
    # Lookups take an expression for a list; their stubs do not know.
    return cast("Iterable[Item]", one)


def plain_rows(rows: models.QuerySet[Any, Any]) -> list[tuple[Any, ...]]:
    """All rows of a `values_list` as the database has them, at once: no dates."""
    try:
        sql, params = rows.query.sql_with_params()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def create_rows(objects: Iterable[Row]) -> list[Row]:
    """Insert new objects of one model, which then know their primary keys.

    As `bulk_create` does, which compiles an expression for each value; here values
    go to the database as they are: no expressions, no `auto_now`.
    """
    held = list(objects)
    if not held:
        return held
    model = type(held[0])
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    keys = _insert(model, fields, _values(held, fields))
    for one, key in zip(held, keys, strict=True):
        one.pk = key
        one._state.adding = False
        one._state.db = connection.alias
    return held


def insert_rows(
    model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]
) -> Iterable[int]:
    """Insert rows of plain values in the order of `fields`; return their primary keys.

    No model is made of them: columns that are left out have to take nothing.
    """
    metas = [_field(model, field) for field in fields]
    held = _adapted(metas, rows)
    return _insert(model, metas, held) if held else ()


def add_counts(
    model: type[models.Model],
    key: Sequence[str],
    counts: Sequence[str],
    rows: Iterable[Sequence[Any]],
) -> None:
    """Add to counts that are kept by a unique key; a row that is not there is made.

    Rows are plain values: those of the key, then by how much each count grows.
    """
    held = _adapted([_field(model, field) for field in (*key, *counts)], rows)
    if not held:
        return
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    keys, grown = (
        [quote(_column(model, field)) for field in fields] for fields in (key, counts)
    )
    changes = ", ".join(f"{name} = {table}.{name} + excluded.{name}" for name in grown)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({', '.join([*keys, *grown])}) "
            f"VALUES ({', '.join(['%s'] * len(held[0]))}) "
            f"ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {changes}",
            held,
        )


def save_fields(objects: Sequence[models.Model], fields: Sequence[str]) -> None:
    """Write some fields of many saved objects of one model.

    `bulk_update` spells a CASE for each row and field; here the database prepares
    one UPDATE and runs it for each row.
    """
    if not objects:
        return
    model = type(objects[0])
    quote = connection.ops.quote_name
    metas = [_field(model, field) for field in fields]
    changes = ", ".join(f"{quote(_column(model, field))} = %s" for field in fields)
    table, key = quote(model._meta.db_table), quote(_column(model, "id"))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET {changes} WHERE {key} = %s",
            _values(objects, [*metas, _field(model, "id")]),
        )


def _insert(
    model: type[models.Model], fields: Sequence[AnyField], rows: Sequence[Sequence[Any]]
) -> Iterable[int]:
    """Insert rows of values of the database; return their primary keys."""
    into, one = _insert_into(model, fields), _places(len(fields))
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            if len(rows) <= FEW:
                values = list(chain.from_iterable(rows))
                cursor.execute(into + ", ".join([one] * len(rows)), values)
                last = cursor.cursor.lastrowid
                return range(last - len(rows) + 1, last + 1)
            at_once = max(min(ROWS, VARIABLES // len(fields)), 1)
            whole = len(rows) - len(rows) % at_once
            several = into + ", ".join([one] * at_once)
            parts = (rows[at : at + at_once] for at in range(0, whole, at_once))
            for sql, given in (
                (several, [list(chain.from_iterable(part)) for part in parts]),
                (into + one, rows[whole:]),
            ):
                if given:
                    cursor.executemany(sql, given)
            # Who writes is alone: keys count up from row to row.
            cursor.execute("SELECT last_insert_rowid()")
            (last,) = cursor.fetchone()
            return range(last - len(rows) + 1, last + 1)
        end = f" RETURNING {connection.ops.quote_name(_column(model, 'id'))}"
        keys: list[int] = []
        for some in chunks(rows, VARIABLES // len(fields)):
            values = [value for row in some for value in row]
            cursor.execute(into + ", ".join([one] * len(some)) + end, values)
            keys += [key for (key,) in cursor.fetchall()]
        return keys


def _insert_into(model: type[models.Model], fields: Iterable[AnyField]) -> str:
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in fields)
    return f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES "


def _places(count: int) -> str:
    return f"({', '.join(['%s'] * count)})"


def _values(
    objects: Iterable[models.Model], fields: Iterable[AnyField]
) -> list[list[Any]]:
    """What the objects have in these fields, as the database takes it."""
    adapted = [(field.attname, _adapt(field)) for field in fields]
    return [
        [
            adapt(getattr(one, name)) if adapt else getattr(one, name)
            for name, adapt in adapted
        ]
        for one in objects
    ]


def _adapted(
    fields: Sequence[AnyField], rows: Iterable[Sequence[Any]]
) -> list[Sequence[Any]]:
    """Rows of plain values as the database takes them."""
    adapted = [_adapt(field) for field in fields]
    if not any(adapted):
        return list(rows)
    return [
        [
            adapt(value) if adapt else value
            for adapt, value in zip(adapted, row, strict=True)
        ]
        for row in rows
    ]


def _adapt(field: AnyField) -> Callable[[Any], Any] | None:
    """What makes a value of this field one of the database, if it is not one."""
    if isinstance(field, models.DateTimeField):
        return connection.ops.adapt_datetimefield_value
    if isinstance(field, models.DateField):
        return connection.ops.adapt_datefield_value
    return None


def _field(model: type[models.Model], name: str) -> AnyField:
    found = model._meta.get_field(name)
    assert isinstance(found, models.Field)
    return found


def _column(model: type[models.Model], field: str) -> str:
    return str(_field(model, field).column)
