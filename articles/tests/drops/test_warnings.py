"""What is accepted with a word about it, and what no word may repeat."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from articles.drops.drop import MOST_RELATED
from articles.drops.reading import EntryCache, read_drop
from articles.tests.make import make_drop, related_entry

WORD = "Sesame"


def warned(raw: bytes, **given: object) -> list[str]:
    """The fields that are warned of, read in both ways; the password in no message."""
    reading = read_drop(raw, **given)
    assert read_drop(raw, entries=EntryCache(), **given) == reading
    assert reading.drop is not None
    assert WORD not in "".join(problem.message for problem in reading.problems)
    assert all(problem.line for problem in reading.problems)
    return [problem.field for problem in reading.problems]


@pytest.mark.parametrize("value", [[WORD], [], {"a": WORD}, {}, [[WORD]], [{"a": 1}]])
@pytest.mark.parametrize("related", [None, [related_entry("https://a.example/")]])
def test_secured_that_is_no_text_is_told_and_not_shown(value, related):
    assert warned(make_drop(secured=value, related=related)) == ["secured"]


@pytest.mark.parametrize("value", [None, "", "abc", 7, True, "~"])
def test_secured_that_is_any_text_or_missing_is_no_matter(value):
    assert warned(make_drop(secured=value)) == []


URLS = {
    "a password": f"https://olga:{WORD}@press.example/1",
    "a user": f"https://{WORD}@press.example/1",
    "no password": f"http://{WORD}:@press.example/1",
    "nobody": "https://:@press.example/1",
    "upper case": f"HTTPS://olga:{WORD}@press.example/1",
    "blanks around": f" https://olga:{WORD}@press.example/1 ",
    "two": f"https://olga:{WORD}@{WORD}@press.example/1",
}


@pytest.mark.parametrize("url", URLS.values(), ids=URLS)
def test_a_password_in_an_address_is_told_and_not_repeated(url):
    for name in ("webUrl", "originalUrl", "ampWebUrl", "cdnAmpWebUrl"):
        assert warned(make_drop(**{name: url})) == [name]
    entry = related_entry(url)
    assert warned(make_drop(related=[entry])) == ["related[0].webUrl"]
    raw = make_drop(images=[{"url": url}, {"url": "https://i.example/1.png"}])
    assert warned(raw) == ["images[0].url"]
    assert [image.url for image in read_drop(raw).drop.images] == [
        "https://i.example/1.png"
    ]


@pytest.mark.parametrize(
    "url", ["https://medium.example/@olga", "https://a.example/?to=b@c.example#d@e"]
)
def test_an_at_behind_the_host_is_no_password(url):
    assert warned(make_drop(webUrl=url)) == []


@pytest.mark.parametrize(
    ("date", "told"),
    [
        ("2199-12-31T00:00:00Z", True),
        ("2100-01-01", True),
        ("2026-01-01T00:00:01Z", True),
        ("2026-01-01T00:00:00Z", False),
        ("2024-03-01T12:00:00Z", False),
        ("1999-01-01", False),
    ],
)
def test_a_date_far_ahead_is_told(date, told):
    expected = datetime(2026, 1, 1, tzinfo=UTC)
    for related in (None, [related_entry("https://a.example/")]):
        raw = make_drop(publishedDateTime=date, related=related)
        assert warned(raw, until=expected) == ["publishedDateTime"] * told
        assert warned(raw) == []


@pytest.mark.parametrize("many", [1, 250, 1500])
def test_a_list_of_too_many_entries_is_one_error_with_its_place(many):
    entries = [
        related_entry(f"https://a.example/{n}") for n in range(MOST_RELATED + many)
    ]
    raw = make_drop(related=entries)
    line = raw.split(b"related:\n")[0].count(b"\n") + 2
    for cache in (None, EntryCache()):
        reading = read_drop(raw, entries=cache)
        [problem] = reading.problems
        assert (reading.drop, problem.field, problem.line) == (None, "related", line)
        assert f"{MOST_RELATED + many:,} entries" in problem.message
        assert f"at most {MOST_RELATED:,}" in problem.message


def test_a_list_as_long_as_may_be_is_read():
    entries = [related_entry(f"https://a.example/{n}") for n in range(MOST_RELATED)]
    raw = make_drop(related=entries)
    for cache in (None, EntryCache()):
        reading = read_drop(raw, entries=cache)
        assert len(reading.drop.related) == MOST_RELATED and reading.problems == ()
