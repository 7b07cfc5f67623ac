"""The front page: what several publishers report, varied, and the rest as lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from hashlib import shake_128

import pytest

from articles.models import Story
from articles.publishing import pin
from articles.selectors.cards import ListedCard
from articles.selectors.front import LED, OF_ONE, RIVER, TOP, Folded, front_page
from articles.settle import settle
from articles.settle.rank import rank_again
from articles.tests.crawl import ask
from articles.tests.make import NOON, NOW, make_article, name_page


def words(seed: str, number: int) -> str:
    """So many made words, which no other seed has."""
    letters = shake_128(seed.encode()).hexdigest(4 * number)
    return " ".join(letters[at : at + 8] for at in range(0, len(letters), 8))


pytestmark = pytest.mark.django_db
STORY = re.compile(r'<h[23] class="story-card__headline"[^>]*><a href="/stories/(\w+)/')


def alone(
    number: int, *, hours: float = 0, provider: str = "", title: str = "", **given
) -> None:
    """What one publisher reports and nobody else."""
    make_article(
        url=f"https://alone.example/{number}",
        source_name=f"alone-{number}",
        title=title or words(f"alone {number}", 8),
        provider=provider or f"single-{number}.example",
        published_at=NOON + timedelta(hours=hours),
        **given,
    )


def shared(
    number: int, *, hours: float = 0, publishers: int = 2, provider: str = "", **given
) -> None:
    """What several publishers report; the named one leads."""
    title = words(f"shared {number}", 8)
    article = make_article(
        url=f"https://shared.example/{number}",
        source_name=f"shared-{number}",
        title=title,
        provider=provider or f"lead-{number}.example",
        published_at=NOON + timedelta(hours=hours),
        **given,
    )
    for other in range(1, publishers):
        name_page(
            article,
            f"https://other-{other}.example/{number}",
            title=f"{title} again",
            provider=f"other-{other}.example",
        )


def settled() -> None:
    settle(now=NOW)


def cards_of(front) -> Iterator[ListedCard]:
    yield from [front.lead] if front.lead else []
    yield from front.stories
    for section in front.sections:
        yield from section.cards


def test_a_fresh_single_report_stands_behind_an_older_shared_story(client):
    shared(1, hours=-100)
    alone(1, title="Told by one")
    settled()
    front = front_page()
    assert front.lead.shape.provider_count == 2
    [day] = front.river
    [line] = day.lines
    assert "Told by one" in line.html


def test_without_shared_stories_the_first_single_report_leads(client):
    for number in range(3):
        alone(number, hours=number, title=f"Report of day {number}")
    settled()
    front = front_page()
    assert front.lead.shape.title == "Report of day 2"
    assert sum(len(day.lines) for day in front.river) == 2
    assert front.next_cursor is None


def test_no_publisher_leads_more_than_three_of_the_first(client):
    for number in range(20):
        often = "often.example" if number < 10 else ""
        shared(number, hours=-number, provider=often)
    settled()
    first = [card.glance.lead.provider.domain for card in cards_of(front_page())][:TOP]
    assert Counter(first)["often.example"] == LED
    assert len(list(cards_of(front_page()))) == 20


def test_a_pinned_story_leads_whoever_reports_it(client):
    for number in range(3):
        shared(number, publishers=4)
    alone(7, hours=-500, title="Seven")
    settled()
    pin(Story.objects.get(provider_count=1).lead)
    assert front_page().lead.shape.title == "Seven"


def test_what_one_publisher_reports_often_is_folded(client):
    shared(1)
    for number in range(9):
        alone(number, hours=-number, provider="often.example")
    settled()
    lines = [line for day in front_page().river for line in day.lines]
    assert len([line for line in lines if isinstance(line, ListedCard)]) == OF_ONE
    [folded] = [line for line in lines if isinstance(line, Folded)]
    assert (folded.domain, folded.number) == ("often.example", 9 - OF_ONE)
    assert not folded.or_more
    page = ask(client, "/").text
    link = f"/latest/?provider=often.example&amp;since={folded.since.isoformat()}"
    assert f'<a href="{link}">often.example: {folded.number} more</a>' in page
    assert len(STORY.findall(ask(client, link.replace("&amp;", "&")).text)) == 9


def test_a_count_that_ends_before_the_day_says_so(client, monkeypatch):
    monkeypatch.setattr("articles.selectors.front.LOOKED_AT", 6)
    for number in range(9):
        alone(number, hours=-number, provider="often.example")
    settled()
    lines = [line for day in front_page().river for line in day.lines]
    [folded] = [line for line in lines if isinstance(line, Folded)]
    # Of the six newest one leads and three are shown.
    assert (folded.number, folded.or_more) == (2, True)
    assert "often.example: 2+ more</a>" in ask(client, "/").text


def test_topics_with_enough_stories_have_a_section(client):
    for number in range(20):
        topics = ["Everything", "Space" if number > 15 else "Sea"]
        shared(number, hours=-number, topics=topics)
    settled()
    names = [section.topic and section.topic.name for section in front_page().sections]
    # Most of the page is about the sea: that tells nothing.
    assert names == ["Space", None]


def test_nothing_is_shown_twice_and_nothing_is_out_of_reach(client):
    for number in range(34):
        shared(number, hours=-number)
    for number in range(40):
        alone(number, hours=-number)
    settled()
    seen: list[str] = []
    address = "/"
    while address:
        page = ask(client, address).text
        found = STORY.findall(page)
        assert len(found) == len(set(found))
        seen += found
        going_on = re.search(r'href="(\?before=[^"]+)" rel="next"', page)
        address = f"/{going_on[1]}" if going_on else ""
    assert set(seen) == set(Story.objects.values_list("public_id", flat=True))
    assert len(STORY.findall(ask(client, "/").text)) == 30 + RIVER


def test_the_front_page_asks_four_questions(client, django_assert_max_num_queries):
    for number in range(10):
        shared(number)
        alone(number)
    settled()
    ask(client, "/")
    with django_assert_max_num_queries(4):
        front_page()


def test_cards_have_no_apparatus_where_there_is_nothing_to_tell(client):
    alone(1, excerpt="One sentence of it.")
    settled()
    page = ask(client, "/").text
    assert "1 publisher" not in page and "1 article" not in page
    assert "<svg" not in page and "<summary" not in page
    assert "One sentence of it." in page


def test_another_half_life_ranks_stories_again(settings):
    shared(1, hours=-30, publishers=4)
    shared(2, publishers=2)
    settled()
    by_score = Story.objects.order_by("-score").values_list("provider_count", flat=True)
    assert list(by_score) == [4, 2]
    settings.HALF_LIFE = 6.0
    assert rank_again(mend=False) == 2
    assert rank_again(mend=True) == 2
    assert list(by_score.all()) == [2, 4]
    assert rank_again(mend=True) == 0
