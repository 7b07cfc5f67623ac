"""What the archive costs: the index of days answers, in order, at any depth."""

from __future__ import annotations

import gzip
import re
import textwrap
from datetime import date
from hashlib import shake_128

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.selectors.archive.edition import EDITION_SIZE
from articles.settle import settle
from articles.tests.crawl import ask
from articles.tests.make import NOW
from articles.tests.plans import plan

from .making import GREAT_DAY, begin, path_of, three_years

pytestmark = pytest.mark.django_db

PATHS = ("/archive/", "/archive/2020/", "/archive/2020/01/", path_of(GREAT_DAY))


@pytest.fixture
def years(db) -> None:
    three_years()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def asked(client, address: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in captured]


def second_part(client) -> str:
    answer = ask(client, path_of(GREAT_DAY)).text
    return path_of(GREAT_DAY) + re.search(r'href="(\?before=[^"]+)"', answer)[1]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="plans are SQLite's")
def test_no_list_is_sorted_and_days_come_from_their_index(client, years):
    for address in (*PATHS, second_part(client)):
        for sql in asked(client, address):
            if not sql.partition(" FROM ")[2].startswith('"articles_story" '):
                continue  # what is asked of the stories shown, not for a list of them
            found = "\n".join(plan(sql))
            assert "TEMP B-TREE FOR ORDER BY" not in found, (address, found)
            assert "TEMP B-TREE FOR GROUP BY" not in found, (address, found)
            scans = [
                line for line in found.splitlines() if "SCAN articles_story" in line
            ]
            assert all("INDEX story_of_day" in line for line in scans), (address, found)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="plans are SQLite's")
def test_a_part_of_an_edition_begins_at_its_place_in_the_index(client, years):
    [listing] = [sql for sql in asked(client, second_part(client)) if "LIMIT 61" in sql]
    assert "story_of_day (first_on=? AND (weight,public_id)<(?,?))" in "\n".join(
        plan(listing)
    )


def test_each_part_costs_as_many_queries_as_the_first(client, years):
    costs = {len(asked(client, a)) for a in (path_of(GREAT_DAY), second_part(client))}
    assert len(costs) == 1
    assert max(costs) <= 8


def test_a_full_part_is_small(client):
    for number in range(EDITION_SIZE):
        letters = shake_128(str(number).encode()).hexdigest(36)
        begin(
            date(2020, 3, 3),
            title=" ".join(textwrap.wrap(letters, 6)),
            provider=f"publisher-{number}.example",
            topics=["Computer Vision"],
        )
    settle(now=NOW)
    answer = ask(client, "/archive/2020/03/03/", accept_encoding="gzip")
    assert len(answer.content) <= 30 * 1024
    assert gzip.decompress(answer.content).count(b"<article") == EDITION_SIZE
