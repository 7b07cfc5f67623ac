"""Many rows in one prepared statement, where the ORM would build one per batch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from django.db import connection, models

Item = TypeVar("Item")


def chunks(items: Iterable[Item], size: int = 500) -> Iterator[list[Item]]:
    """Cut items into lists of at most `size`: below any database's variable limit."""
    source = iter(items)
    while held := list(islice(source, size)):
        yield held


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


def _field(model: type[models.Model], name: str) -> models.Field[Any, Any]:
    found = model._meta.get_field(name)
    assert isinstance(found, models.Field)
    return found


def _column(model: type[models.Model], field: str) -> str:
    return str(_field(model, field).column)
