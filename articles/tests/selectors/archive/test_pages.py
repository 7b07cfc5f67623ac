"""The archive: counts are true, every story is reached, and hidden is as missing."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest
from django.core.management import call_command

from articles.models import Page, Story
from articles.publishing import publish, withdraw
from articles.settle import settle
from articles.tests.crawl import Answer, ask, internal_links
from articles.tests.make import NOW, make_article, name_page

from .making import GREAT_DAY, begin, path_of, stories_of, three_years

STORY = re.compile(r"/stories/([a-z0-9]+)/")


@pytest.fixture
def years(restore) -> None:
    restore("three-years", three_years)


def archive_of(client) -> dict[str, Answer]:
    """All pages of the archive that links from its first one lead to."""
    waiting, found = ["/archive/"], {}
    while waiting:
        address = waiting.pop()
        if address not in found and address.startswith("/archive/"):
            found[address] = ask(client, address)
            waiting += internal_links(found[address])
    return found


def shown(answer: Answer) -> list[str]:
    """Ids of the stories whose headlines a page has, in order."""
    headlines = re.findall(
        r'<h[23] class="story-card__headline".*?</h[23]>', answer.text
    )
    return [STORY.search(headline)[1] for headline in headlines]


def test_every_listed_story_is_reached_from_the_first_page_by_links(client, years):
    pages = archive_of(client)
    reached = [id for address in pages for id in shown(pages[address])]
    assert Counter(reached) == Counter(
        Story.objects.listed().values_list("public_id", flat=True)
    )
    assert {page.status for page in pages.values()} == {200}
    assert {a: p.markup.faults for a, p in pages.items() if p.markup.faults} == {}


def test_every_page_of_it_is_called_otherwise(client, years):
    titles = [
        re.search("<title>(.*?)</title>", page.text)[1]
        for page in archive_of(client).values()
    ]
    assert len(titles) == len(set(titles)) == 1 + 3 + 5 + 6 + 2


def test_counts_are_those_of_the_stories_on_all_four_levels(client, years):
    days = Counter(story.first_on for story in Story.objects.listed())
    said = ask(client, "/archive/").markup.text
    assert "141 stories by the day they began, in 6 daily editions" in said
    assert "from 31 December 2019 to 4 July 2021" in said
    for year in (2019, 2020, 2021):
        of_year = sum(n for day, n in days.items() if day.year == year)
        words = "1 story" if of_year == 1 else f"{of_year} stories"
        assert words in said
        assert words in ask(client, f"/archive/{year}/").markup.text
    for day, count in days.items():
        words = "1 story" if count == 1 else f"{count} stories"
        assert (
            f"{day.day} {day:%B}: {words}"
            in ask(client, f"/archive/{day.year}/").markup.text
        )
        assert words in ask(client, f"/archive/{day:%Y/%m}/").markup.text
        assert f"{words} began on this day" in ask(client, path_of(day)).text


def test_an_edition_counts_publishers_and_pages_of_its_stories_once(db, client):
    lead = begin(GREAT_DAY, provider="one.example")[0]
    begin(GREAT_DAY, provider="two.example")
    begin(date(2020, 1, 25), provider="three.example")
    page = name_page(lead, "https://elsewhere.example/1", title=lead.title)
    settle(now=NOW)
    Page.objects.filter(pk=page.pk).update(story=lead.page.story)
    story = Page.objects.get(article=lead).story
    Page.objects.filter(pk=page.pk).update(story=story)
    answer = ask(client, path_of(GREAT_DAY)).text
    assert "2 stories began on this day: 3 articles from 3 publishers" in answer


def test_an_edition_has_the_best_first_in_parts_that_meet(client, years):
    address, parts = path_of(GREAT_DAY), []
    while address:
        answer = ask(client, address)
        parts.append(shown(answer))
        going_on = re.search(r'href="(\?before=[^"]+)" rel="next"', answer.text)
        address = path_of(GREAT_DAY) + going_on[1] if going_on else ""
    assert [len(part) for part in parts] == [60, 60, 10]
    assert sum(parts, []) == [story.public_id for story in stories_of(GREAT_DAY)]


def test_a_month_shows_the_two_best_of_each_day(client, years):
    answer = ask(client, "/archive/2020/01/").text
    days = answer.split('class="month__day"')[1:]
    best = [story.public_id for story in stories_of(GREAT_DAY)[:2]]
    assert [STORY.findall(day) for day in days] == [
        best,
        [story.public_id for story in stories_of(date(2020, 1, 27))],
    ]


def test_editions_lead_to_those_before_and_after_that_exist(client, years):
    answer = ask(client, path_of(GREAT_DAY)).text
    assert f'href="{path_of(date(2019, 12, 31))}" rel="prev"' in answer
    assert f'href="{path_of(date(2020, 1, 27))}" rel="next"' in answer
    assert 'rel="next"' not in ask(client, path_of(date(2021, 7, 4))).text
    assert 'rel="prev"' not in ask(client, path_of(date(2019, 12, 31))).text


def test_pages_name_their_one_address(client, years):
    for address, page in archive_of(client).items():
        only = f'<link rel="canonical" href="http://news.example{address.partition("?")[0]}">'
        assert page.text.count(only) == page.text.count('rel="canonical"') == 1


@pytest.mark.parametrize(
    ("given", "to"),
    [
        ("2020/1/", "2020/01/"),
        ("2020/1/24/", "2020/01/24/"),
        ("2020/01/4/", "2020/01/04/"),
        ("2020/7/", "2020/07/"),
    ],
)
def test_a_missing_zero_leads_to_the_one_address(client, years, given, to):
    answer = ask(client, f"/archive/{given}")
    assert (answer.status, answer.headers["Location"]) == (301, f"/archive/{to}")


@pytest.mark.parametrize(
    "path",
    [
        "0000/",
        "99999/",
        "020/",
        "2020/00/",
        "2020/13/",
        "2020/02/30/",
        "2020/01/024/",
        "٢٠٢٠/",
        "２０２０/",
        "2020/٠١/",
        "2020/01/٢٤/",
        "2020/january/",
        "2020/01/24th/",
        "2020-01-24/",
        "2020/01/24/12/",
        "today/",
        "%00/",
        "9" * 5000 + "/",
    ],
)
def test_what_the_calendar_has_not_is_no_page_and_no_second_address(
    client, years, path
):
    answer = ask(client, f"/archive/{path}")
    assert answer.status == 404
    assert answer.markup.faults == []


@pytest.mark.parametrize("path", ["", "?before=", "?before=1.0_a", "?page=2", "?x=%00"])
def test_a_day_with_a_query_answers(client, years, path):
    assert ask(client, f"{path_of(GREAT_DAY)}{path}").status == 200


@pytest.mark.parametrize(
    "cursor", ["x", "1", "nan_a", "1_2_3", "1e999_a", "%00", "1.0_A"]
)
def test_a_place_that_is_none_is_told(client, years, cursor):
    answer = ask(client, f"{path_of(GREAT_DAY)}?before={cursor}")
    assert answer.status == 404
    assert "leads to a place in the list that does not exist" in answer.text


@pytest.mark.parametrize(
    ("path", "earlier", "later"),
    [
        ("0001/", None, "2019/12/31"),
        ("9999/", "2021/07/04", None),
        ("2020/03/", "2020/02/29", "2020/11/01"),
        ("2020/01/25/", "2020/01/24", "2020/01/27"),
        ("9999/12/31/", "2021/07/04", None),
    ],
)
def test_a_time_without_stories_names_the_nearest_editions(
    client, years, path, earlier, later
):
    answer = ask(client, f"/archive/{path}")
    assert answer.status == 404
    assert "No edition of" in answer.text
    named = re.findall(r'href="/archive/(\d{4}/\d\d/\d\d)/"', answer.text)
    assert named == [day for day in (earlier, later) if day]


def test_before_anything_is_published_the_archive_says_so(db, client):
    assert "there is no edition" in ask(client, "/archive/").text
    assert ask(client, "/archive/2020/").status == 404


def test_what_is_withdrawn_is_as_if_it_had_never_been_and_comes_back(client, years):
    alone = begin(date(2020, 5, 5), title="Planted headline", excerpt="Planted words")
    among = begin(date(2020, 11, 1), title="Planted beside", quality=90)
    settle(now=NOW)
    before = {path: page.content for path, page in archive_of(client).items()}
    assert any(b"Planted headline" in page for page in before.values())
    withdraw([*alone, *among])
    without = archive_of(client)
    assert not any(b"Planted" in page.content for page in without.values())
    assert path_of(date(2020, 5, 5)) not in without
    hidden, never = (
        ask(client, path_of(date(2020, 5, day))).text.replace(f"{day} May", "x May")
        for day in (5, 6)
    )
    assert hidden == never
    publish([*alone, *among])
    assert {path: page.content for path, page in archive_of(client).items()} == before


def test_days_are_cut_in_the_zone_and_a_rebuilding_brings_them_up_to_date(
    db, client, settings
):
    make_article(published_at="2020-01-24T20:00Z", title="Late at night")
    settle(now=NOW)
    assert ask(client, "/archive/2020/01/24/").status == 200
    settings.TIME_ZONE = "Pacific/Auckland"
    assert ask(client, "/archive/2020/01/24/").status == 200
    call_command("rebuild_stories")
    assert ask(client, "/archive/2020/01/24/").status == 404
    answer = ask(client, "/archive/2020/01/25/").text
    assert "Late at night" in answer
    assert "25 January 2020, 09:00 NZDT" in answer
