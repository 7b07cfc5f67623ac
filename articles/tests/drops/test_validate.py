from __future__ import annotations

from datetime import UTC, datetime

import pytest

from articles.drops.reading import read_drop

_LINES = {
    "category": "news",
    "title": '"The lock"',
    "excerpt": '"Two minutes of water."',
    "publishedDateTime": "2024-03-05T12:00:00Z",
    "webUrl": "https://clips.example/lock",
    "type": "article",
    "quality": "30",
    "heat": "-1",
    "published": "true",
    "provider": "{name: Clips, domain: clips.example}",
    "topics": "[Shipping]",
    "secured": '"abc;def"',
}


def read(**changes):
    """Read a good drop with lines changed, added, or (None) taken out."""
    lines = _LINES | changes
    body = "".join(
        f"{key}: {text}\n" for key, text in lines.items() if text is not None
    )
    return read_drop(f"---\n{body}---\n".encode())


def fields(reading, severity):
    return [p.field for p in reading.problems if p.severity == severity]


def test_the_good_drop_has_no_problem():
    assert read().problems == ()


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("title", None),
        ("title", ""),
        ("title", "~"),
        ("title", '"  "'),
        ("title", '"&nbsp;&#8203;"'),
        ("title", r'"\x07\u200b"'),
        ("title", "[a]"),
        ("title", "{a: b}"),
        ("title", "x" * 1001),
        ("publishedDateTime", None),
        ("publishedDateTime", "yesterday"),
        ("publishedDateTime", "1712642820"),
        ("publishedDateTime", "2024-13-01"),
        ("publishedDateTime", "2024-05-32T06:07:00Z"),
        ("publishedDateTime", "2023-02-29"),
        ("publishedDateTime", "0000-01-01"),
        ("publishedDateTime", "0001-01-01T00:00:00+05:00"),
        ("publishedDateTime", "9999-12-31T23:59:59-05:00"),
        ("publishedDateTime", "1066-10-14"),
        ("publishedDateTime", "2200-01-01"),
        ("publishedDateTime", "2024-04-09T25:00:00Z"),
        ("publishedDateTime", "2024-04-09T06:07:00+99:00"),
        ("publishedDateTime", "[2024-04-09]"),
        ("webUrl", None),
        ("webUrl", '"  "'),
        ("webUrl", "lock.html"),
        ("webUrl", '"javascript:alert(1)"'),
        ("webUrl", "[https://a.example/]"),
        ("webUrl", "https://a.example/" + "x" * 2000),
        ("quality", "many"),
        ("quality", "3.5"),
        ("quality", ".inf"),
        ("quality", "[1]"),
        ("quality", str(2**63)),
        ("quality", "9" * 5000),
        ("heat", str(-(2**63) - 1)),
        ("published", '"off"'),
        ("published", '"true"'),
        ("published", "1"),
        ("published", "maybe"),
        ("removed", '"no"'),
        ("provider", None),
        ("provider", "Clips"),
        ("provider", "[Clips]"),
        ("topics", "[" + "a, " * 51 + "]"),
    ],
)
def test_a_drop_with_an_unusable_field_is_rejected_by_its_name(field, text):
    reading = read(**{field: text})
    assert reading.drop is None
    assert fields(reading, "error") == [field]


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("2024-04-09 06:07:00", 6),
        ("2024-04-09T20:07:00-11:00", 31),
        ('"2024-04-09T06:07:00Z"', 6),
        ("2024-04-09T06:07Z", 6),
        ("2024-04-09 8:07:00 +2", 6),
        ("2024-04-09T11:37:00.25+0530", 6),
    ],
)
def test_times_are_taken_in_utc(text, hour):
    reading = read(publishedDateTime=text)
    assert reading.problems == ()
    expected = datetime(2024, 4, 9 + hour // 24, hour % 24, 7, tzinfo=UTC)
    assert reading.drop.published_at.replace(microsecond=0) == expected


@pytest.mark.parametrize(
    ("field", "text", "attribute", "expected"),
    [
        ("title", "off", "title", "off"),
        ("title", "1984", "title", "1984"),
        ("title", "2024-04-09", "title", "2024-04-09"),
        ("title", r'"a\x0bb"', "title", "a\x0bb"),
        ("excerpt", "[a]", "excerpt", ""),
        ("quality", '"41"', "quality", 41),
        ("type", "x" * 41, "type", "article"),
        ("ampWebUrl", "amp", "amp_url", ""),
        ("originalUrl", "javascript:x", "original_url", ""),
        ("topics", "{a: b}", "topics", ()),
        ("topics", "[a, ~, [b], '']", "topics", ("a",)),
        ("images", "[nothing]", "images", ()),
        ("images", "[{url: 'javascript:x'}]", "images", ()),
        ("images", "[{width: 3}]", "images", ()),
        ("related", "nothing", "related", ()),
        ("related", "[{title: No address}]", "related", ()),
        ("related", "[{title: x, webUrl: 'javascript:x'}]", "related", ()),
        ("related", "[{title: ' ', webUrl: 'https://a.example/'}]", "related", ()),
    ],
)
def test_what_is_strange_and_usable_is_accepted_with_a_warning(
    field, text, attribute, expected
):
    reading = read(**{field: text})
    assert getattr(reading.drop, attribute) == expected
    assert reading.problems
    assert all(p.field.partition("[")[0] == field for p in reading.problems)


@pytest.mark.parametrize(
    ("field", "text", "attribute", "expected"),
    [
        ("excerpt", None, "excerpt", ""),
        ("category", None, "category", "news"),
        ("type", None, "type", "article"),
        ("quality", None, "quality", 0),
        ("heat", None, "heat", -1),
        ("published", None, "published", False),
        ("published", "", "published", False),
        ("published", "No", "published", False),
        ("published", "ON", "published", True),
        ("topics", None, "topics", ()),
        ("topics", "Fruit", "topics", ("Fruit",)),
        ("topics", "[AI, ai, ' A&amp;I ']", "topics", ("AI", "A&I")),
        ("topics", "[\u042f\u0431\u043b\u043e\u043a\u0438, ++]", "topics", ("\u042f\u0431\u043b\u043e\u043a\u0438", "++")),
        ("images", "", "images", ()),
        ("related", "[]", "related", ()),
        ("quality", "1_000", "quality", 1000),
        ("quality", "010", "quality", 8),
    ],
)  # fmt: skip
def test_what_is_optional_may_be_missing_without_a_word(
    field, text, attribute, expected
):
    reading = read(**{field: text})
    assert reading.problems == ()
    assert getattr(reading.drop, attribute) == expected


@pytest.mark.parametrize(
    "size", ["-1", "0", "wide", "1e9", "100001", "[1]", "9" * 5000]
)
def test_a_picture_of_no_possible_size_keeps_its_address(size):
    reading = read(
        images=f"[{{url: 'https://a.example/b.png', width: {size}, height: 10}}]"
    )
    assert fields(reading, "warning") == ["images[0].width"]
    [image] = reading.drop.images
    assert (image.width, image.height) == (None, 10)


@pytest.mark.parametrize(
    ("text", "name", "domain"),
    [
        ("{name: Clips}", "Clips", "clips.example"),
        ("{domain: WWW.Harbour.example}", "harbour.example", "harbour.example"),
        ("{name: Clips, domain: no domain}", "Clips", "clips.example"),
    ],
)
def test_half_a_provider_is_completed_with_a_warning(text, name, domain):
    reading = read(provider=text)
    assert reading.drop.provider.name == name
    assert reading.drop.provider.domain == domain
    assert len(reading.problems) == 1


def test_an_entry_without_a_provider_has_the_host_of_its_link():
    reading = read(related="[{title: x, webUrl: 'https://www.a.example/'}]")
    [entry] = reading.drop.related
    assert entry.provider.domain == "a.example"
    assert fields(reading, "warning") == ["related[0].provider"]


def test_a_wrong_number_or_date_of_an_entry_is_left_out_alone():
    entry = "{title: x, webUrl: 'https://a.example/', provider: {domain: a.example, name: A}, quality: many, publishedDateTime: 2024-13-01}"
    reading = read(related=f"[{entry}]")
    [entry] = reading.drop.related
    assert (entry.quality, entry.published_at) == (None, None)
    assert fields(reading, "warning") == [
        "related[0].quality",
        "related[0].publishedDateTime",
    ]


def test_original_url_never_stands_in_for_a_wrong_web_url():
    reading = read(webUrl="javascript:x", originalUrl="https://clips.example/")
    assert reading.drop is None


@pytest.mark.parametrize("key", ["Excerpt", "7"])
def test_a_key_that_is_not_known_is_reported_and_changes_nothing(key):
    reading = read(**{key: "x"})
    assert fields(reading, "warning") == [key]
    assert reading.drop == read().drop


def test_a_drop_need_not_be_secured():
    assert read(secured=None) == read()


def test_a_misspelt_key_is_answered_with_the_right_one():
    assert "excerpt" in read(excrept="x").problems[0].message
