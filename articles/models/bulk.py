"""Many rows in one prepared statement, where the ORM would build one per batch."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar, cast

from django.db import connection, models
from django.db.models.expressions import RawSQL

Item = TypeVar("Item")
Row = TypeVar("Row", bound=models.Model)

# Fewer than any database takes in a statement.
VARIABLES = 900


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
    adapted = [(field.attname, _adapt(field)) for field in fields]
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in fields)
    row = f"({', '.join(['%s'] * len(fields))})"
    begin = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES "
    end = f" RETURNING {quote(_column(model, 'id'))}"
    with connection.cursor() as cursor:
        for some in chunks(held, VARIABLES // len(fields)):
            cursor.execute(
                begin + ", ".join([row] * len(some)) + end,
                [
                    adapt(getattr(one, name)) if adapt else getattr(one, name)
                    for one in some
                    for name, adapt in adapted
                ],
            )
            for one, (key,) in zip(some, cursor.fetchall(), strict=True):
                one.pk = key
                one._state.adding = False
                one._state.db = connection.alias
    return held


def insert_rows(
    model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Insert rows of plain values in the order of `fields` (columns, no defaults)."""
    held = list(rows)
    if not held:
        return
    quote = connection.ops.quote_name
    names = ", ".join(quote(_column(model, field)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    table = quote(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({names}) VALUES ({places})",
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
    rows = [
        [
            *(
                meta.get_db_prep_save(getattr(row, meta.attname), connection)
                for meta in metas
            ),
            row.pk,
        ]
        for row in objects
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET {changes} WHERE {key} = %s",
            rows,
        )


def _adapt(field: models.Field[Any, Any]) -> Callable[[Any], Any] | None:
    """What makes a value of this field one of the database, if it is not one."""
    if isinstance(field, models.DateTimeField):
        return connection.ops.adapt_datetimefield_value
    if isinstance(field, models.DateField):
        return connection.ops.adapt_datefield_value
    return None


def _field(model: type[models.Model], name: str) -> models.Field[Any, Any]:
    found = model._meta.get_field(name)
    assert isinstance(found, models.Field)
    return found


def _column(model: type[models.Model], field: str) -> str:
    return str(_field(model, field).column)
