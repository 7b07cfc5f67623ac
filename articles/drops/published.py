"""Changing what a drop says of `published`, and no other byte's meaning."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from .layout import FrontMatter, front_matter
from .reading import read_drop
from .tree import build_tree
from .values import Mapping, Scalar

KEY = "published"
_BOM = b"\xef\xbb\xbf"


class CannotSay(Exception):
    """The drop is written in a way in which the value cannot be changed alone."""


def with_published(raw: bytes, *, published: bool) -> bytes:
    """The drop with this top-level `published`; where it has none, a line is added.

    Each way of writing it is tried and read again: only one after which the drop
    says the same but for the flag is returned. Raises CannotSay if none is.
    """
    before = read_drop(raw).drop
    if before is not None:
        wanted = replace(before, published=published)
        for written in _ways(raw, b"true" if published else b"false"):
            if read_drop(written).drop == wanted:
                return written
    raise CannotSay


def _ways(raw: bytes, word: bytes) -> Iterator[bytes]:
    front = front_matter(raw)
    root = build_tree(front.text).root
    if not isinstance(root, Mapping):
        return
    value = root.values.get(KEY)
    if isinstance(value, Scalar):
        begin, end = (_byte_index(raw, front, at) for at in (value.start, value.end))
        text = value.text.encode()
        if not text:
            yield raw[:end] + b" " + word + raw[end:]
        elif raw[begin:end].endswith(text):  # behind an anchor, which stays
            yield raw[: end - len(text)] + word + raw[end:]
        yield raw[:begin] + word + raw[end:]
    closing = _byte_index(raw, front, len(front.text))
    before = raw[:closing]
    ends = (b"\r\n", b"\r", b"\n")
    line_end = next((end for end in ends if before.endswith(end)), b"\n")
    yield raw[:closing] + b"published: " + word + line_end + raw[closing:]
    if root.flow:
        bracket = _byte_index(raw, front, root.end - 1)
        yield raw[:bracket] + b", published: " + word + raw[bracket:]


def _byte_index(raw: bytes, front: FrontMatter, place: int) -> int:
    """Where in the file's bytes a place in the front matter's text is."""
    mark = len(_BOM) if raw.startswith(_BOM) else 0
    text = raw[mark:].decode("utf-8")
    return mark + len(text[: front.begin + place].encode("utf-8"))
