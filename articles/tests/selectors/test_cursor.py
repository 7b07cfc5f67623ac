"""Lists go on where they ended, and no other word leads anywhere."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from articles.models import Page, Story
from articles.selectors.cursor import (
    NEWEST_PAGES,
    InvalidCursor,
    Keyset,
    decode,
    encode,
)
from articles.selectors.lists import LISTS
from articles.tests.make import NOON, make_page
from articles.tests.plans import of_sqlite, plans_of

BY_QUALITY = Keyset(("quality", "published_at", "public_id"), (int, datetime, str))
MOST = 8  # parts of a list of seven


@pytest.mark.parametrize(
    ("value", "spelled"),
    [
        (0, "0"),
        (7, "7"),
        (2**63 - 1, "9223372036854775807"),
        (True, "1"),
        (False, "0"),
        (1.5, "1.5"),
        (-2.25, "-2.25"),
        (NOON, "1709294400.0"),
        (NOON + timedelta(microseconds=3), "1709294400.000003"),
        ("mfzq3k2a7yqx", "mfzq3k2a7yqx"),
    ],
)
def test_a_value_is_spelled_and_read_again(value, spelled):
    assert encode(value) == spelled
    kind = int if isinstance(value, bool) else type(value)
    [read] = decode(spelled, kind)
    assert (read, type(read)) == (value, kind)


def test_times_are_read_in_utc():
    [read] = decode("0.0", datetime)
    assert (read, read.tzinfo) == (datetime(1970, 1, 1, tzinfo=UTC), UTC)


def test_several_values_are_one_word():
    values = (1.5, NOON, 3, "abc")
    assert encode(*values) == "1.5_1709294400.0_3_abc"
    assert decode(encode(*values), float, datetime, int, str) == values


@pytest.mark.parametrize("id_", ["a", "z", "0", "9", "a1" * 8])
def test_an_id_has_up_to_16_small_letters_and_digits(id_):
    assert decode(id_, str) == (id_,)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("", (str,)),
        ("a" * 17, (str,)),
        ("A", (str,)),
        ("a b", (str,)),
        ("a\n", (str,)),
        ("\u00e4", (str,)),
        ("-1", (int,)),
        ("9223372036854775808", (int,)),
        ("1.0", (int,)),
        ("x", (int,)),
        ("nan", (float,)),
        ("inf", (float,)),
        ("-inf", (float,)),
        ("1e999", (float,)),
        ("nan", (datetime,)),
        ("x", (datetime,)),
        ("1e12", (datetime,)),  # after the year 9999
        ("1e18", (datetime,)),  # more than the clock's own type holds
        ("1e300", (datetime,)),
        ("-1e300", (datetime,)),
        ("1", (int, int)),
        ("1_2_3", (int, int)),
        ("1_2_", (int, int)),
        ("1_x", (int, int)),
        ("x_1", (int, int)),
    ],
)
def test_anything_else_is_refused(text, kinds):
    with pytest.raises(InvalidCursor):
        decode(text, *kinds)


def test_the_refusal_names_the_word():
    for text, kinds in (("1_2", (int,)), ("no", (int,))):
        with pytest.raises(InvalidCursor) as refused:
            decode(text, *kinds)
        assert refused.value.args == (text,)


def test_a_word_has_a_hundred_characters_at_most():
    assert decode("1." + "0" * 98, float) == (1.0,)
    with pytest.raises(InvalidCursor):
        decode("1." + "0" * 99, float)


@pytest.fixture
def pages(db: None) -> list[Page]:
    """Seven pages of two qualities, at two times, in the order that lists have."""
    made = []
    for serial in range(7):
        page = make_page(f"https://press.example/{serial}")
        page.quality, page.published_at = serial % 2, NOON + timedelta(serial // 4)
        page.save()
        made.append(page)
    return made


def place(page: Page) -> tuple[Any, ...]:
    return page.quality, page.published_at, page.public_id


def in_order(pages: list[Page]) -> list[Page]:
    return sorted(pages, key=place, reverse=True)


def walk(keyset: Keyset, size: int) -> list[list[Page]]:
    """All parts of a list, as cursors lead through them."""
    parts, before = [], None
    for _ in range(MOST):
        part, before = keyset.page(Page.objects.all(), size=size, before=before)
        parts.append(part)
        if before is None:
            return parts
    raise AssertionError("the list goes on and on")


@pytest.mark.parametrize("size", range(1, 9))
def test_cursors_lead_through_all_rows_once_in_order(pages, size):
    parts = walk(BY_QUALITY, size)
    assert [page for part in parts for page in part] == in_order(pages)
    assert {len(part) for part in parts[:-1]} <= {size}
    assert 0 < len(parts[-1]) <= size


def test_times_that_are_equal_are_told_apart_by_the_id(pages):
    found = [page for part in walk(NEWEST_PAGES, 2) for page in part]
    assert found == sorted(
        pages, key=lambda page: (page.published_at, page.public_id), reverse=True
    )


def test_a_list_goes_on_behind_a_place_whose_row_is_gone(pages):
    ordered = in_order(pages)
    for last, following in pairwise(ordered):
        before = encode(*place(last))
        last.delete()
        part, _ = BY_QUALITY.page(Page.objects.all(), size=1, before=before)
        assert part == [following]


def test_an_empty_cursor_is_none_and_another_lists_is_refused(pages):
    assert BY_QUALITY.page(Page.objects.all(), size=9, before="")[0] == in_order(pages)
    with pytest.raises(InvalidCursor):
        BY_QUALITY.page(Page.objects.all(), size=9, before="1709294400.0_a")


@of_sqlite
@pytest.mark.parametrize("name", LISTS)
def test_a_part_begins_at_its_place_in_the_index_of_the_order(db, name):
    keyset = LISTS[name].keyset
    values = {int: 1, float: 1.0, datetime: NOON, str: "a"}
    place = encode(*(values[kind] for kind in keyset.kinds))
    [plan] = plans_of(lambda: keyset.page(Story.objects.listed(), size=1, before=place))
    fields = ",".join(keyset.fields)
    assert f"({fields})<(" in plan.replace(" ", "")
    assert "TEMP B-TREE" not in plan


@pytest.mark.parametrize("size", [1, 2, 9])
@pytest.mark.parametrize("most", range(1, 9))
def test_what_is_few_is_found_by_parts_however_little_is_looked_at(pages, size, most):
    along = Page.objects.all()
    few = along.filter(quality=0)
    found, before = [], None
    for _ in range(99):
        part, before = BY_QUALITY.part(
            few, along=along, size=size, before=before, most=most
        )
        assert len(part) <= min(size, most)
        found += part
        if before is None:
            break
    assert found == [page for page in in_order(pages) if page.quality == 0]
    assert 0 < len(found) < len(pages)


@pytest.mark.parametrize("size", range(1, 9))
def test_rows_in_memory_are_cut_as_those_of_the_database(pages, size):
    rows = [(*place(page), page) for page in pages]
    parts, before = [], None
    for _ in range(MOST):
        part, before = BY_QUALITY.cut(rows, size=size, before=before)
        parts.append([page for *_, page in part])
        if before is None:
            break
    assert parts == walk(BY_QUALITY, size)


def test_of_nothing_there_is_nothing_more(db):
    assert NEWEST_PAGES.page(Page.objects.all(), size=3, before=None) == ([], None)
    assert NEWEST_PAGES.cut([], size=3, before=None) == ([], None)
