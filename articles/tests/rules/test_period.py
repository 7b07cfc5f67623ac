"""Years, months and days in addresses: each has one spelling, and only real ones are read."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.rules.period import NoSuchPeriod, read_period

# What stands in an address: digits of all scripts, and anything else.
TEXT = st.one_of(
    st.text(alphabet="0123456789", max_size=6),
    st.text(alphabet=st.characters(categories=["Nd", "Nl", "No"]), max_size=5),
    st.text(max_size=6),
)


@pytest.mark.parametrize(
    ("given", "parts", "first", "last"),
    [
        (("2020",), ("2020",), date(2020, 1, 1), date(2020, 12, 31)),
        (("2020", "02"), ("2020", "02"), date(2020, 2, 1), date(2020, 2, 29)),
        (("2021", "2"), ("2021", "02"), date(2021, 2, 1), date(2021, 2, 28)),
        (("2020", "1", "4"), ("2020", "01", "04"), date(2020, 1, 4), date(2020, 1, 4)),
        (("0001",), ("0001",), date.min, date(1, 12, 31)),
        (("9999", "12"), ("9999", "12"), date(9999, 12, 1), date.max),
        (("9999", "12", "31"), ("9999", "12", "31"), date.max, date.max),
    ],
)
def test_what_the_calendar_has_is_read(given, parts, first, last):
    found = read_period(*given)
    assert (found.segments, found.first, found.last) == (parts, first, last)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("0000",), "year"),
        (("99999",), "year"),
        (("020",), "year"),
        (("20200",), "year"),
        (("-2020",), "year"),
        (("+202",), "year"),
        (("2 20",), "year"),
        (("٢٠٢٠",), "year"),
        (("２０２０",), "year"),
        (("2020\n",), "year"),
        (("9" * 400,), "year"),
        (("2020", "0"), "month"),
        (("2020", "13"), "month"),
        (("2020", "001"), "month"),
        (("2020", "¹"), "month"),
        (("2020", "١"), "month"),
        (("2020", "jan"), "month"),
        (("2020", "02", "30"), "day"),
        (("2021", "02", "29"), "day"),
        (("2020", "01", "00"), "day"),
        (("2020", "01", "32"), "day"),
        (("2020", "01", "٢٤"), "day"),
        (("2020", "01", "1e1"), "day"),
    ],
)
def test_what_it_has_not_is_refused_in_words(given, said):
    with pytest.raises(NoSuchPeriod, match=f"The calendar has no such {said}"):
        read_period(*given)


@given(st.lists(TEXT.filter(bool), min_size=1, max_size=3))
def test_whatever_is_read_has_one_spelling(given):
    try:
        found = read_period(*given)
    except NoSuchPeriod:
        return
    assert all(part.isascii() and part.isdigit() for part in found.segments)
    assert [len(part) for part in found.segments] == [4, 2, 2][: len(given)]
    assert [int(part) for part in found.segments] == [int(part) for part in given]
    assert read_period(*found.segments) == found
    assert found.first.isoformat().startswith("-".join(found.segments))
