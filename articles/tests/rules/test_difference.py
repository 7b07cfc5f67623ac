"""What differs between two texts, told in bounded work."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.rules.text import difference as module
from articles.rules.text.difference import difference

TEXTS = st.lists(st.sampled_from("abc"), max_size=30).map("\n".join)


def rebuilt(old: str, new: str) -> tuple[list[str], list[str]]:
    """Both texts, as the difference tells them with all its gaps filled."""
    before, after = old.splitlines(), new.splitlines()
    first, second = [], []
    a = b = 0
    for line in difference(old, new).lines:
        if line.kind == "gap":
            continue
        # What is left out is equal in both.
        while a < (line.old or a + 1) - 1 and line.old:
            first.append(before[a])
            second.append(after[b])
            a, b = a + 1, b + 1
        while b < (line.new or b + 1) - 1 and line.new:
            first.append(before[a])
            second.append(after[b])
            a, b = a + 1, b + 1
        if line.kind in ("same", "out"):
            first.append(line.text)
            a += 1
        if line.kind in ("same", "in"):
            second.append(line.text)
            b += 1
    return first + before[a:], second + after[b:]


@given(old=TEXTS, new=TEXTS)
def test_both_texts_can_be_told_from_it(old, new):
    assert rebuilt(old, new) == (old.splitlines(), new.splitlines())


def test_equal_texts_differ_in_nothing():
    found = difference("a\nb", "a\nb")
    assert (found.lines, found.taken_out, found.put_in) == ((), 0, 0)


def test_what_is_equal_is_left_out_but_for_a_little_around():
    old = "\n".join(str(n) for n in range(100))
    found = difference(old, old.replace("\n50\n", "\nfifty\n"))
    assert [line.text for line in found.lines] == [
        "47 equal lines",
        *("47", "48", "49", "50", "fifty", "51", "52", "53"),
    ]
    [out] = [line for line in found.lines if line.kind == "out"]
    assert (out.old, out.new) == (51, None)
    assert not found.is_cut


@pytest.mark.parametrize("length", [20, 300])
def test_a_difference_too_long_is_cut_and_says_so(monkeypatch, length):
    monkeypatch.setattr(module, "COMPARED", 50)
    monkeypatch.setattr(module, "SHOWN", 60)
    old, new = ("\n".join(f"{side} {n}" for n in range(length)) for side in "ab")
    found = difference(old, new)
    assert found.is_cut is (length > 50)
    assert len(found.lines) <= 60


def test_a_line_too_long_is_cut():
    found = difference("a" * 10_000, "b")
    assert max(len(line.text) for line in found.lines) == module.LONGEST
