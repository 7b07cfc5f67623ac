"""Where a list goes on: the sort value and key of the last thing shown."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Q, QuerySet

from articles.models.sql import aware, places, rows

Row = TypeVar("Row")  # with the fields as attributes

# Public ids, which break all ties: the order is the same however things came in.
ID = re.compile(r"[a-z0-9]{1,16}")


class InvalidCursor(ValueError):
    """The `before` of a list is none that this site gave out."""


def encode(*values: float | datetime | int | str) -> str:
    """Spell sort values as one word for an address: `1579890240.0_mfzq3k2a7yqx`.

    True and False are 1 and 0.
    """
    return "_".join(map(_spelled, values))


def decode(text: str, *kinds: type) -> tuple[Any, ...]:
    """Read what `encode` spelled; `kinds` are float, int, datetime or str, in order.

    Raises InvalidCursor for anything else, out of range or not finite.
    """
    parts = text.split("_")
    if len(parts) != len(kinds) or len(text) > 100:
        raise InvalidCursor(text)
    try:
        return tuple(
            _value(part, kind) for part, kind in zip(parts, kinds, strict=True)
        )
    except (ValueError, OverflowError, OSError) as error:
        raise InvalidCursor(text) from error


@dataclass(frozen=True, slots=True)
class Keyset:
    """A descending order by unique, indexed fields; kinds are what they hold."""

    fields: tuple[str, ...]
    kinds: tuple[type, ...]

    def page(
        self, rows: QuerySet[Any, Row], *, size: int, before: str | None
    ) -> tuple[list[Row], str | None]:
        """Up to `size` rows after the cursor `before`, and the cursor to go on.

        Raises InvalidCursor. What a page costs does not depend on its depth.
        """
        if before:
            rows = rows.filter(_after(self.fields, decode(before, *self.kinds)))
        order = [f"-{field}" for field in self.fields]
        found = list(rows.order_by(*order)[: size + 1])
        shown = found[:size]
        if len(found) <= size:
            return shown, None
        return shown, encode(*(getattr(shown[-1], field) for field in self.fields))

    def plain_page(
        self,
        columns: str,
        where: str,
        params: Sequence[Any] = (),
        *,
        size: int,
        before: str | None,
    ) -> tuple[list[tuple[Any, ...]], str | None]:
        """The same in plain SQL, of rows that begin with the values of `fields`.

        `columns` says what follows these in a row, and of which table; `where` which
        rows are meant. Raises InvalidCursor.
        """
        order = ", ".join(self.fields)
        if before:
            where += f" AND ({order}) < ({places(len(self.fields))})"
            params = [*params, *map(_stored, decode(before, *self.kinds))]
        falling = ", ".join(f"{field} DESC" for field in self.fields)
        found = rows(
            f"SELECT {order}, {columns} WHERE {where} "
            f"ORDER BY {falling} LIMIT {size + 1}",
            params,
        )
        shown = list(found[:size])
        if len(found) <= size:
            return shown, None
        last = shown[-1][: len(self.fields)]
        return shown, encode(
            *(aware(v) if isinstance(v, datetime) else v for v in last)
        )

    def cut(
        self, places: Iterable[tuple[Any, ...]], *, size: int, before: str | None
    ) -> tuple[list[tuple[Any, ...]], str | None]:
        """The same of rows held in memory, which begin with the values of `fields`."""
        width = len(self.fields)
        found = sorted(places, reverse=True)
        if before:
            behind = decode(before, *self.kinds)
            found = [place for place in found if place[:width] < behind]
        shown = found[:size]
        if len(found) <= size:
            return shown, None
        return shown, encode(*shown[-1][:width])


NEWEST_PAGES = Keyset(("published_at", "public_id"), (datetime, str))


def _after(fields: Sequence[str], values: Sequence[Any]) -> Q:
    """The rows behind a place in a list that descends by `fields`, as a condition."""
    condition = Q()
    for place, field in enumerate(fields):
        step = Q(**{f"{field}__lt": values[place]})
        for earlier, value in zip(fields[:place], values[:place], strict=True):
            step &= Q(**{earlier: value})
        condition |= step
    # The first bound alone lets the index begin at the right place.
    return Q(**{f"{fields[0]}__lte": values[0]}) & condition


def _stored(value: Any) -> Any:
    """A value as the database compares it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value


def _spelled(value: float | datetime | int | str) -> str:
    if isinstance(value, str):
        return value
    return repr(value.timestamp() if isinstance(value, datetime) else +value)


def _value(part: str, kind: type) -> float | int | datetime | str:
    if kind is str:
        if not ID.fullmatch(part):
            raise ValueError(part)
        return part
    if kind is int:
        number = int(part)
        if not 0 <= number < 2**63:
            raise ValueError(part)
        return number
    value = float(part)
    if not math.isfinite(value):
        raise ValueError(part)
    return datetime.fromtimestamp(value, UTC) if kind is datetime else value
