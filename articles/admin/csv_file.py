"""Tables as CSV that spreadsheets open and do not carry out."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header

BOM = "\ufeff"  # without it some programs take UTF-8 for another encoding
# What makes a formula of a cell, also behind blanks and as its wide twin.
FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def csv_answer(
    name: str, header: Sequence[str], rows: Iterable[Sequence[object]]
) -> StreamingHttpResponse:
    """A download of this name, sent row by row as the rows come.

    Lines end in CR LF and every cell is quoted, so that other separators than the
    comma split none.
    """
    answer = StreamingHttpResponse(
        _lines(header, rows), content_type="text/csv; charset=utf-8"
    )
    disposition = content_disposition_header(as_attachment=True, filename=name)
    answer.headers["Content-Disposition"] = disposition or "attachment"
    return answer


def _lines(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    write = csv.writer(_Echo(), quoting=csv.QUOTE_ALL).writerow
    yield f"{BOM}{write(header)}".encode()
    for row in rows:
        line: str = write([safe_cell(value) for value in row])
        yield line.encode(errors="replace")


def safe_cell(value: object) -> str:
    """A value as text: moments in UTC by ISO 8601, nothing for None.

    Text that a spreadsheet would take for a formula begins with an apostrophe.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, int | float | date):
        return str(value)
    text = str(value).replace("\0", "")
    return f"'{text}" if FORMULA.match(text) else text
