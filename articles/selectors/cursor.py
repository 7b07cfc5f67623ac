"""Where a list goes on: the sort value and key of the last thing shown."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from django.db.models import F, Field, Func, QuerySet, Value
from django.db.models.lookups import GreaterThanOrEqual, LessThan

from articles.models.sql import Prepared, Rows, aware, given

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


class _Place(Func):
    """Some values as one: compared in turn, and looked up in an index together."""

    function = ""
    output_field: Field[Any, Any] = Field()


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
        found = list(self.ahead(rows, size=size, before=before))
        shown = found[:size]
        if len(found) <= size:
            return shown, None
        return shown, encode(*(getattr(shown[-1], field) for field in self.fields))

    def ahead(
        self, rows: QuerySet[Any, Row], *, size: int, before: str | None
    ) -> QuerySet[Any, Row]:
        """The query for the rows of a page, and for one beyond it."""
        return self._behind(rows, before)[: size + 1]

    def part(
        self,
        rows: QuerySet[Any, Row],
        *,
        along: QuerySet[Any, Any],
        size: int,
        before: str | None,
        most: int,
    ) -> tuple[list[Row], str | None]:
        """The same of rows that may be few among those `along` the order.

        No more than `most` of these are looked at. What is found among them may be
        less than a page, or nothing; the cursor goes on behind the last of them.
        """
        behind = self._behind(along, before).values_list(*self.fields)
        last = behind[most - 1 : most].first()
        if last is None:
            return self.page(rows, size=size, before=before)
        looked_at = rows.filter(GreaterThanOrEqual(*self._compared(rows, last)))
        shown, going_on = self.page(looked_at, size=size, before=before)
        return shown, going_on or encode(*last)

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

    def _behind(
        self, rows: QuerySet[Any, Row], before: str | None
    ) -> QuerySet[Any, Row]:
        """The rows in this order, from a cursor on."""
        if before:
            place = decode(before, *self.kinds)
            rows = rows.filter(LessThan(*self._compared(rows, place)))
        return rows.order_by(*(f"-{field}" for field in self.fields))

    def _compared(
        self, rows: QuerySet[Any, Any], place: Sequence[Any]
    ) -> tuple[_Place, _Place]:
        """The fields and the values that they have at a place."""
        meta = rows.model._meta
        values = (
            Value(value, output_field=meta.get_field(field))
            for field, value in zip(self.fields, place, strict=True)
        )
        return _Place(*map(F, self.fields)), _Place(*values)


class Paged:
    """The pages of lists that differ only by the values `named`; the first prepared.

    Rows begin with the values of the order's fields.
    """

    def __init__(
        self,
        keyset: Keyset,
        rows: Callable[..., QuerySet[Any, tuple[Any, ...]]],
        *named: str,
        size: int,
    ) -> None:
        self.keyset, self.rows, self.size = keyset, rows, size
        self.first = Prepared(
            lambda: keyset.ahead(
                rows(**{name: given(name) for name in named}), size=size, before=None
            )
        )

    def page(self, before: str | None, **values: Any) -> tuple[Rows, str | None]:
        """The rows after the cursor `before`, and the cursor to go on.

        Raises InvalidCursor. Moments of a first page are to be made `aware`.
        """
        found: Rows
        if before:
            rows = self.rows(**values)
            found = list(self.keyset.ahead(rows, size=self.size, before=before))
        else:
            found = self.first.rows(**values)
        shown = found[: self.size]
        if len(found) <= self.size:
            return shown, None
        last = shown[-1][: len(self.keyset.fields)]
        return shown, encode(
            *(aware(one) if isinstance(one, datetime) else one for one in last)
        )


NEWEST_PAGES = Keyset(("published_at", "public_id"), (datetime, str))


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
