"""Cutting a drop where its related list repeats what other drops say.

Real lists name each page some forty times, in the very same bytes. A piece is
therefore worth keeping and parsing once.
"""

from __future__ import annotations

import re

_LIST = re.compile(rb"\nrelated:\r?\n(?=  - )")
# A list in the regular layout ends at the first line without its indentation.
_END = re.compile(rb"\n(?!  )")
_ENTRY = b"\n  - "


def split_pieces(raw: bytes) -> list[bytes]:
    """Cut a drop into its head, one piece for each related entry, and its tail.

    `b"".join(pieces) == raw`, always. The head ends with the line `related:`, and each
    entry is whole lines of which the first begins with `  - `. A file that is laid
    out otherwise, or has no list, is one piece; the tail may be empty.
    """
    begin = _LIST.search(raw)
    if begin is None:
        return [raw]
    end = _END.search(raw, begin.end())
    cut = len(raw) if end is None else end.end()
    entries = raw[begin.end() : cut].removesuffix(b"\n").split(_ENTRY)
    closed = raw[begin.end() : cut].endswith(b"\n")
    pieces = [raw[: begin.end()], entries[0] + b"\n"]
    pieces += [_ENTRY[1:] + entry + b"\n" for entry in entries[1:]]
    if not closed:
        pieces[-1] = pieces[-1][:-1]
    return [*pieces, raw[cut:]]
