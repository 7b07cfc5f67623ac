"""Tables to take away: whole, and nothing in them that a spreadsheet carries out."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, timedelta, timezone

import pytest

from articles.admin.csv_file import BOM, csv_answer, safe_cell
from articles.models import Article
from articles.tests.make import import_drops, make_drop

from .browser import acting, opened

LIST = "/admin/articles/article/"


def sent(answer) -> bytes:
    return b"".join(answer.streaming_content)


def read(answer) -> list[list[str]]:
    text = sent(answer).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("https://evil.example")',
        "+1+1",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1+1",
        "\u00a0=1",
        "\uff1d1+1",
        "\uff20SUM(A1)",
        "-",
    ],
)
def test_formulas_become_text(text):
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "a=1", "1-2", "“=1”", "'=1", "x@y", "é"])
def test_other_text_stays(text):
    assert safe_cell(text) == text


def test_values_are_spelled_for_machines():
    moment = datetime(2024, 3, 1, 14, 5, tzinfo=timezone(timedelta(hours=2)))
    given = [None, True, False, -5, 1.5, date(2024, 3, 1), moment, "a\0b"]
    said = ["", "yes", "no", "-5", "1.5", "2024-03-01", "2024-03-01T12:05:00Z", "ab"]
    assert [safe_cell(value) for value in given] == said


def test_every_cell_comes_back_whole():
    rows = [['a "b", c;d', "two\r\nlines", "\ud800", "é"], ["", 1, None, "x"]]
    answer = csv_answer("näme.csv", ["A", "B", "C", "D"], rows)
    raw = sent(answer)
    assert raw.startswith(BOM.encode()) and raw.endswith(b"\r\n")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    found = read(csv_answer("x.csv", ["A", "B", "C", "D"], rows))
    assert found[1] == ['a "b", c;d', "two\r\nlines", "?", "é"]
    assert found[2] == ["", "1", "", "x"]


def test_rows_are_sent_as_they_come():
    def rows():
        yield ["1"]
        raise AssertionError("read ahead")

    lines = iter(csv_answer("x.csv", ["A"], rows()).streaming_content)
    assert [next(lines), next(lines)] == [f'{BOM}"A"\r\n'.encode(), b'"1"\r\n']


SECRET = "SGVsbG8gc2VjcmV0IHdvcmxk;c2FsdA=="


@pytest.fixture
def three(db) -> None:
    import_drops(
        {
            f"{name}.txt": make_drop(
                title=title,
                webUrl=f"https://p.example/{name}",
                secured=SECRET,
                publishedDateTime=f"2024-03-0{at}T12:00:00Z",
            )
            for at, (name, title) in enumerate(
                [("a", "=cmd|' /C calc'!A0"), ("b", "Second"), ("c", "Third")], 1
            )
        }
    )


def test_the_selected_articles_are_downloaded_in_their_order(desk, three):
    pks = Article.objects.exclude(source_name="b").values_list("pk", flat=True)
    answer = desk.post(LIST, acting(opened(desk, LIST), "download_selected", pks))
    header, first, second = read(answer)
    assert header[:3] == ["Article", "Title", "Publisher"]
    assert first[1] == "Third"
    assert second[1] == "'=cmd|' /C calc'!A0"
    state, at = header.index("State"), header.index("Published at")
    assert (second[state], second[at]) == ("published", "2024-03-01T12:00:00Z")


def test_all_that_match_are_downloaded_at_once_and_nothing_secret(desk, three):
    form = acting(opened(desk, LIST), "download_selected", [], select_across="1")
    raw = sent(desk.post(LIST, form))
    assert raw.count(b"\r\n") == 4
    assert b"SGVsbG8" not in raw
