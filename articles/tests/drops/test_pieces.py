from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.drops.layout import split_pieces

DROPS = Path(__file__).parent / "files"
_LINES = st.sampled_from(
    ["related:", "  - a: b", "    c: d", "", "x: y", "---", "  ", "   ", "\r", "- z"]
)


@given(st.lists(_LINES, max_size=30), st.sampled_from(["\n", "\r\n"]))
def test_pieces_join_to_the_file(lines, line_end):
    raw = line_end.join(lines).encode()
    assert b"".join(split_pieces(raw)) == raw


@given(st.binary())
def test_any_bytes_join_to_the_file(raw):
    assert b"".join(split_pieces(raw)) == raw


def test_each_entry_is_one_piece_and_repeated_entries_are_equal():
    head, *entries, tail = split_pieces((DROPS / "related_twice.txt").read_bytes())
    assert head.endswith(b"\nrelated:\n")
    assert len(entries) == 4
    assert entries[0] == entries[2] != entries[1]
    assert all(e.startswith(b"  - title:") and e.endswith(b"\n") for e in entries)
    assert tail.startswith(b"\nsecured:")


@pytest.mark.parametrize("name", ["video.txt", "laid_out_otherwise.txt"])
def test_a_file_without_a_regular_list_is_one_piece(name):
    raw = (DROPS / name).read_bytes()
    assert split_pieces(raw) == [raw]


def test_windows_line_ends_are_regular_too():
    raw = (DROPS / "related_twice.txt").read_bytes().replace(b"\n", b"\r\n")
    assert len(split_pieces(raw)) == 6


@pytest.mark.parametrize(
    ("raw", "count"),
    [
        (b"", 1),
        (b"\nrelated:\n", 1),
        (b"\nrelated:\n  - a", 3),
        (b"\nrelated:\n  - a\n", 3),
        (b"\nrelated:\n  - a\n  - b", 4),
        (b"\nrelated: \n  - a\n", 1),
    ],
)
def test_the_number_of_pieces(raw, count):
    pieces = split_pieces(raw)
    assert len(pieces) == count
    assert b"".join(pieces) == raw
