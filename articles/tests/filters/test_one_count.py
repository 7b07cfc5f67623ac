"""How many stories a topic has is one number, wherever the whole set is shown."""

from __future__ import annotations

import pytest

from articles.tests.crawl import ask
from articles.views.choices import Choice

from .making import forty_stories
from .reading import title


@pytest.fixture
def site(db, monkeypatch) -> None:
    """More stories on a topic than filtered lists count, and samples hold."""
    forty_stories()
    monkeypatch.setattr("articles.selectors.feed.COUNTED", 5)
    monkeypatch.setattr("articles.views.panel.SAMPLE", 7)
    monkeypatch.setattr("articles.selectors.facets.SAMPLE", 7)


def topics(client, address: str) -> tuple[Choice, ...]:
    """The topics that a panel offers."""
    control, *_ = client.get(address).context["filter"].names
    return control.choices.shown


@pytest.mark.parametrize("path", ["/", "/latest/", "/covered/", "/search/"])
def test_a_topic_has_one_count_on_every_page(site, client, path):
    assert "40 stories" in ask(client, "/topics/ai/").markup.text
    assert "40 stories" in " ".join(ask(client, "/topics/").markup.text.split())
    found = ask(client, f"{path}?topic=ai")
    assert "40 stories on AI" in title(found)
    assert found.markup.text.count("40 stories on AI") > 1
    for state in ("filter=1", "topic=sea&filter=1", "topic=ai&filter=1"):
        [offered] = [
            choice.stories
            for choice in topics(client, f"{path}?{state}")
            if choice.value == "ai"
        ]
        assert offered == "40"


def test_what_stops_counting_says_so_in_title_and_heading(site, client):
    found = ask(client, "/latest/?topic=ai&has_image=1")
    said = title(found).split(" stories")[0]
    assert said.endswith("+")
    assert found.markup.text.count(f"{said} stories on AI") > 1
