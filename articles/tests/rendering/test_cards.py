"""What a card shows of a story."""

from __future__ import annotations

from dataclasses import replace

import pytest

from articles.rendering.cards import OTHERS
from articles.rendering.summaries import PageSummary, ProviderName
from articles.selectors.front import front_page
from articles.settle import settle
from articles.tests.make import NOW, make_article, name_page


@pytest.mark.django_db
def test_any_article_of_a_story_gives_its_picture():
    title = "Ferry sails to the island of sheep"
    lead = make_article(title=title, quality=90)
    for number, paper in enumerate(("Post", "Times", "Herald", "Echo", "Star", "Sun")):
        url = f"https://other.example/{number}"
        domain = f"p{number}.example"
        name_page(lead, url, title=f"{title}, {paper} says", provider=domain)
    last = make_article(
        title=f"{title} at last",
        image="https://pictures.example/ferry.jpg",
        quality=1,
    )
    name_page(lead, last.url, title=f"{title} at last", provider="example.com")
    settle(now=NOW)
    card = front_page().lead.shape
    assert card.page_count == OTHERS + 3 and len(card.others) == OTHERS
    assert card.pictured.picture.url == "https://pictures.example/ferry.jpg"


@pytest.mark.django_db
def test_publishers_of_one_name_are_named_together():
    lead = make_article(title="Ferry sails to the island of sheep")
    for number in range(3):
        url, domain = f"https://other.example/{number}", f"p{number}.example"
        name_page(lead, url, title=f"{lead.title}, again", provider=domain)
    settle(now=NOW)
    card = front_page().lead.shape
    assert card.provider_count == 4 and card.more_names == 0
    called = [replace(page.provider, name="Gazette") for page in card.others]
    others = tuple(map(_by, card.others, called))
    assert replace(card, others=others).names == ("Gazette",)
    assert replace(card, others=others).more_names == 0


def _by(page: PageSummary, provider: ProviderName) -> PageSummary:
    return replace(page, provider=provider)
