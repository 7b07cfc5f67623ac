from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from articles.drops.drop import ImageRef, ProviderRef
from articles.drops.layout import split_pieces
from articles.drops.reading import EntryCache, read_drop

DROPS = Path(__file__).parent / "files"


def raw_drop(name, *changes):
    """Return a test drop with pieces of text replaced."""
    text = (DROPS / f"{name}.txt").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text.encode("utf-8")


@pytest.fixture(params=["whole", "by its pieces"])
def read(request):
    """Read by either way of the parser: results must not differ."""
    if request.param == "whole":
        return read_drop
    cache = EntryCache()
    return lambda raw: read_drop(raw, entries=cache)


def test_every_field_of_a_drop_is_read(read):
    reading = read(raw_drop("related_twice"))
    assert reading.problems == ()
    drop = reading.drop
    assert (
        drop.title
        == "Ferry “Aurora” returns to the northern route: what’s new&nbsp;on board"
    )
    assert drop.excerpt.endswith("says her captain\u2028[photos].")
    assert drop.category == "news"
    assert drop.type == "article"
    assert drop.published_at == datetime(2024, 3, 2, 8, 30, tzinfo=UTC)
    assert (
        drop.web_url
        == drop.canonical_url
        == "https://www.harbour.example/2024/03/aurora"
    )
    assert (
        drop.original_url
        == "https://www.harbour.example/2024/03/aurora?utm_source=feed"
    )
    assert drop.amp_url.endswith("/amp")
    assert drop.cdn_amp_url.startswith("https://www-harbour-example.cdn")
    assert (drop.quality, drop.heat) == (62, 122)
    assert (drop.published, drop.removed) == (True, False)
    assert drop.provider == ProviderRef("Harbour Gazette", "harbour.example")
    assert drop.topics == ("Shipping", "C#")
    picture = "https://img.harbour.example/aurora.jpg"
    assert drop.images == (
        ImageRef(picture, 1200, 800, "The Aurora: at the pier", True),
    )
    assert drop.featured_content == ""


def test_related_entries_are_read_in_order_with_their_repetitions(read):
    related = read(raw_drop("related_twice")).drop.related
    assert [entry.quality for entry in related] == [40, 55, 40, 0]
    assert related[0] == related[2]
    assert related[0].digest != related[1].digest
    assert related[1].published_at == datetime(2024, 3, 2, 8, tzinfo=UTC)
    assert (
        related[1].canonical_url == "https://www.islander.example/a-ferry-comes-home/"
    )
    assert related[1].amp_url.endswith("?amp=1")
    assert related[1].provider.name == "The Islander"


def test_a_wording_keeps_the_digest_by_which_databases_know_it(read):
    """Else each wording held would be written anew at its next import."""
    related = read(raw_drop("related_twice")).drop.related
    assert related[0].digest.hex() == "f57098f7d2294f3505584265b5ed1c76"
    assert related[3].digest.hex() == "01d8536888ed0a85ffd3b969829ca696"


def test_what_is_wrong_with_a_logo_is_reported_though_no_logo_is_kept(read):
    raw = raw_drop("related_twice", ("      width: 50", "      width: wide"))
    [problem] = read(raw).problems
    assert (problem.field, problem.line) == ("provider.images[0].width", 20)


def test_a_video_has_its_original_url_and_markup_that_is_only_kept(read):
    drop = read(raw_drop("video")).drop
    assert drop.web_url == ""
    assert (
        drop.canonical_url == drop.original_url == "https://clips.example/watch?v=lock"
    )
    assert drop.featured_content.startswith("<iframe")
    assert drop.heat == -1


def test_the_same_said_in_other_yaml_is_read_too(read):
    reading = read(raw_drop("laid_out_otherwise"))
    assert reading.problems == ()
    drop = reading.drop
    assert drop.title == "The harbour master speaks"
    assert drop.excerpt == 'It\'s the tide, she says: "the tide, and nothing else"'
    assert drop.published_at == datetime(2024, 3, 6, 9, 15, tzinfo=UTC)
    assert drop.quality == 31
    assert drop.published is True
    assert drop.provider == ProviderRef("Harbour Gazette", "harbour.example")
    weekend = drop.related[1]
    assert weekend.provider == ProviderRef("Gazette Weekend", "harbour.example")


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
def test_line_ends_of_other_systems_change_nothing(read, line_end):
    raw = raw_drop("related_twice")
    assert read(raw.replace(b"\n", line_end.encode())) == read(raw)


def test_a_byte_order_mark_changes_nothing(read):
    raw = raw_drop("related_twice")
    assert read(b"\xef\xbb\xbf" + raw) == read(raw)


def test_a_known_entry_is_not_parsed_again():
    cache, raw = EntryCache(), raw_drop("related_twice")
    first = read_drop(raw, entries=cache)
    assert len(cache) == 3
    again = read_drop(raw.replace(b"Ferry", b"Boat"), entries=cache)
    assert len(cache) == 3
    assert again.drop.related[1] is first.drop.related[1]


def test_the_cache_forgets_what_was_used_longest_ago():
    cache = EntryCache(max_entries=2)
    entries = split_pieces(raw_drop("related_twice"))[1:-1]
    read_drop(raw_drop("related_twice"), entries=cache)
    assert len(cache) == 2
    assert cache.get(entries[1]) is None
    assert cache.get(entries[3]) is not None


def test_the_cache_is_bounded_in_bytes():
    entries = split_pieces(raw_drop("related_twice"))[1:-1]
    cache = EntryCache(max_bytes=sum(map(len, entries[:2])))
    read_drop(raw_drop("related_twice"), entries=cache)
    assert cache.get(entries[1]) is None
    assert cache.get(entries[3]) is not None


def test_problems_name_the_lines_of_the_file(read):
    raw = raw_drop(
        "related_twice",
        ("width: 1200", "width: wide"),
        ("https://shipping.example/news", "shipping.example/news"),
        ("quality: 0", "quality: none"),
        ("secured:", "colour: red\nsecured:"),
    )
    problems = read(raw).problems
    assert [p.severity for p in problems] == ["warning"] * 5
    lines = raw.decode("utf-8").split("\n")
    assert [(p.field, lines[p.line - 1].strip(" -")[:12]) for p in problems] == [
        ("images[0].width", "width: wide"),
        ("related[0]", 'title: "Auro'),
        ("related[0].webUrl", 'webUrl: "shi'),
        ("related[3].quality", "quality: non"),
        ("colour", "colour: red"),
    ]


def test_text_below_the_front_matter_is_ignored_with_a_warning(read):
    raw = raw_drop("related_twice") + b"\nSome words.\n"
    reading = read(raw)
    assert reading.drop == read(raw_drop("related_twice")).drop
    [problem] = reading.problems
    assert problem.line == raw.count(b"\n")


def test_all_faults_of_a_drop_are_told_at_once_in_order(read):
    raw = raw_drop(
        "video",
        ('title: "Video: the lock in slow motion"', 'title: "  "'),
        ("2024-03-05T12:00:00Z", "2024-13-05"),
        ("https://clips.example/watch?v=lock", "clips"),
        ("quality: 30", "quality: many"),
        ("published: false", 'published: "off"'),
    )
    reading = read(raw)
    assert reading.drop is None
    told = [(p.line, p.field) for p in reading.problems if p.severity == "error"]
    assert told == [
        (3, "title"),
        (5, "publishedDateTime"),
        (6, "originalUrl"),
        (9, "quality"),
        (11, "published"),
    ]


def test_a_report_is_cut_but_keeps_the_errors(read):
    unknown = "".join(f"odd{number}: 1\n" for number in range(60))
    reading = read(raw_drop("video", ("secured", unknown + "quality: 3\nsecured")))
    assert len(reading.problems) == 21
    assert [p.field for p in reading.problems if p.severity == "error"] == ["quality"]
    assert "41 more" in reading.problems[-1].message
