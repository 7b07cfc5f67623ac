"""Drops changed by chance, the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Iterator

_SCRAPS = (
    b'"', b"'", b": ", b"- ", b"  - ", b"[", b"]", b"{", b"}", b"#", b" #", b"|", b">",
    b"&a ", b"*a", b"<<: *a", b"!x ", b"!!str ", b"%YAML 1.1", b"\t", b"\r", b"\n",
    b"\n\n", b"---\n", b"\n---\n", b"...\n", b"\r---\r", b"? ", b"~", b"\\", b"\\x0b",
    b"\\ud800", b"\x00", b"\x07", b"\xff", b"\xc2\x85", b"\xe2\x80\xa8", b"\xef\xbb\xbf",
    b"\xe2\x80\xae", b"related:\n", b"\nrelated:\n  - title: x\n", b"secured: x\n",
    b"title: twice\n", b"    title: twice\n", b"9" * 30, b"    ", b"@", b"`", b"|+\n",
)  # fmt: skip


def mutants(originals: list[bytes], count: int, seed: int) -> Iterator[bytes]:
    """Yield drops with one to three changes each."""
    dice = random.Random(seed)
    for _ in range(count):
        raw = dice.choice(originals)
        for _ in range(dice.choice((1, 1, 1, 2, 3))):
            raw = dice.choice(_CHANGES)(raw, dice)
        yield raw


def _one_byte(raw, dice):
    at = dice.randrange(len(raw) or 1)
    return raw[:at] + bytes([dice.randrange(256)]) + raw[at + 1 :]


def _one_letter(raw, dice):
    at = dice.randrange(len(raw) or 1)
    return raw[:at] + bytes([dice.randrange(32, 127)]) + raw[at + 1 :]


def _insert(raw, dice):
    at = dice.randrange(len(raw) + 1)
    return raw[:at] + dice.choice(_SCRAPS) + raw[at:]


def _insert_value(raw, dice):
    """Put a scrap where a value or a line begins: most do harm only there."""
    places = [i + 2 for i in range(len(raw)) if raw[i : i + 2] == b": "]
    places += [i + 1 for i in range(len(raw)) if raw[i : i + 1] == b"\n"]
    at = dice.choice(places or [0])
    return raw[:at] + dice.choice(_SCRAPS) + raw[at:]


def _delete(raw, dice):
    at = dice.randrange(len(raw) + 1)
    return raw[:at] + raw[at + dice.choice((1, 1, 2, 40)) :]


def _cut_off(raw, dice):
    return raw[: dice.randrange(len(raw) + 1)]


def _indent(raw, dice):
    lines = raw.split(b"\n")
    at = dice.randrange(len(lines))
    lines[at] = dice.choice((b" ", b"  ", b"\t")) + lines[at]
    return b"\n".join(lines)


def _outdent(raw, dice):
    lines = raw.split(b"\n")
    at = dice.randrange(len(lines))
    lines[at] = lines[at].removeprefix(dice.choice((b" ", b"  ")))
    return b"\n".join(lines)


def _repeat_line(raw, dice):
    lines = raw.split(b"\n")
    at = dice.randrange(len(lines))
    lines.insert(dice.randrange(len(lines)), lines[at])
    return b"\n".join(lines)


def _drop_line(raw, dice):
    lines = raw.split(b"\n")
    del lines[dice.randrange(len(lines))]
    return b"\n".join(lines)


def _anchor_across(raw, dice):
    """Put an anchor on one value and its alias in place of a later one."""
    values = [i + 2 for i in range(len(raw)) if raw[i : i + 2] == b": "]
    if len(values) < 2:
        return raw
    first, second = sorted(dice.sample(values, 2))
    end = raw.find(b"\n", second)
    return raw[:first] + b"&a " + raw[first:second] + b"*a" + raw[end:]


_CHANGES = (
    _one_byte, _one_letter, _insert, _insert_value, _insert_value, _delete, _cut_off,
    _indent, _outdent, _repeat_line, _drop_line, _anchor_across,
)  # fmt: skip
