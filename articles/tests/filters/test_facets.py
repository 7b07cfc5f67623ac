"""Counts beside filters are those of a plain count over every row of the corpus."""

from __future__ import annotations

import random
from urllib.parse import urlencode

import pytest
from django.test import Client

from articles.ingest.report import Report
from articles.models import Page, Story
from articles.search import matching
from articles.selectors import facets as selector
from articles.views import panel as panel_module
from articles.views.choices import Choices

from .plainly import STEPS, Row, State, left, meeting, meets, rows

pytestmark = pytest.mark.django_db
few_and_many = pytest.mark.parametrize(
    "states", [20, pytest.param(100, marks=pytest.mark.nightly)]
)


def sample(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr(selector, "SAMPLE", most)
    monkeypatch.setattr(panel_module, "SAMPLE", most)


@pytest.fixture(autouse=True)
def _all_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    sample(monkeypatch, 20_000)


@pytest.fixture(scope="module")
def pages(corpus_site: Report) -> list[Row]:
    """All pages of the corpus, as its own flags list it: most have no story."""
    return rows()


@few_and_many
def test_counts_are_those_of_a_plain_count(pages, states):
    chance = random.Random(5)
    words = [title.split() for title in Page.objects.values_list("title", flat=True)]
    beyond_one = 0
    for number in range(states):
        state = any_state(chance, pages, words)
        # With words, search also finds pages that readers have no story for.
        path = "/search/" if "q" in state else chance.choice(["/latest/", "/covered/"])
        said = with_words(state)
        alone = path == "/search/"
        panel = panel_of(path, state)
        assert offered(panel) == counted(pages, state, panel, alone=alone, said=said), (
            number,
            path,
            state,
        )
        total = left(pages, state, alone=alone, with_words=said)
        beyond_one += len(total) > 1
        assert bool(panel.offers) <= (not total), (path, state)
    assert beyond_one > states / 3


@few_and_many
def test_lists_hold_what_a_plain_filter_leaves(pages, states):
    chance = random.Random(6)
    words = [title.split() for title in Page.objects.values_list("title", flat=True)]
    for _ in range(states // 3):
        state = any_state(chance, pages, words)
        total = left(pages, state, alone=False, with_words=with_words(state))
        ids = Story.objects.in_bulk([key for _, key in total])
        path = chance.choice(["/", "/latest/", "/covered/"])
        assert shown(path, state) == {story.public_id for story in ids.values()}, (
            path,
            state,
        )


def test_a_sample_is_marked_and_never_counts_too_much(pages, monkeypatch):
    exact = offered(panel_of("/latest/", {}))
    sample(monkeypatch, 100)
    sampled = offered(panel_of("/latest/", {}))
    of_topics = [stories for (name, _), stories in sampled.items() if name == "topic"]
    assert not any(stories.endswith("+") for stories in of_topics)  # those are kept
    sampled = {key: held for key, held in sampled.items() if key[0] != "topic"}
    assert all(stories.endswith("+") for stories in sampled.values())
    for option in sampled.keys() & exact.keys():
        known = int(exact[option].replace(",", ""))
        assert int(sampled[option][:-1]) <= known, option


def any_state(chance: random.Random, pages: list[Row], titles) -> dict[str, list[str]]:
    """Some conditions, most of which hold for one page, so that something is left."""
    page = chance.choice(pages)
    other = chance.choice(pages) if chance.random() < 0.2 else page
    state: dict[str, list[str]] = {}
    if chance.random() < 0.3:
        said = [word for word in chance.choice(titles) if word.isalpha()]
        state["q"] = [chance.choice([*said, "azure"])]
    if chance.random() < 0.5 and page.topics:
        some = [chance.choice(sorted(page.topics)), *sorted(other.topics)[:1]]
        state["topic"] = [*dict.fromkeys(some)]
    if chance.random() < 0.4:
        some = [page.provider, *(chance.choice(pages).provider for _ in range(2))]
        state["provider"] = [*dict.fromkeys(some[: chance.randint(1, 3)])]
    if chance.random() < 0.3:
        state["since"] = [f"{min(page.published_on, other.published_on):%Y-%m-%d}"]
    if chance.random() < 0.3:
        state["until"] = [f"{max(page.published_on, other.published_on):%Y-%m-%d}"]
    if chance.random() < 0.3 and other.quality is not None:
        state["min_quality"] = [str(other.quality)]
    if chance.random() < 0.2:
        state["type"] = [chance.choice(["article", "article", "video"])]
    if chance.random() < 0.2:
        state["has_image"] = ["1"]
    if chance.random() < 0.2:
        state["coverage"] = [chance.choice(STEPS)]
    return state


def with_words(state: State) -> set[int] | None:
    """The pages that search finds by the words alone: what it finds is not asked here."""
    if "q" not in state:
        return None
    found = matching(state["q"][0], Page.objects.visible())
    return set(found.values_list("pk", flat=True))


def panel_of(path: str, state: State):
    query = urlencode({**state, "narrow": "1"}, doseq=True)
    answer = Client().get(f"{path}?{query}")
    assert answer.status_code == 200
    return answer.context["filter"]


def offered(panel) -> dict[tuple[str, str], str]:
    """Each option that the panel has, with its count as readers see it."""
    return {
        (control.filter.name, choice.value): choice.stories
        for control in (*panel.names, *panel.fields)
        for choice in (*control.choices.shown, *control.choices.more)
    }


def choices_of(panel, name: str) -> Choices:
    controls = (*panel.names, *panel.fields)
    [found] = [one.choices for one in controls if one.filter.name == name]
    return found


def counted(pages, state, panel, *, alone, said) -> dict[tuple[str, str], str]:
    """The same by trying every value there is."""
    values = {
        "topic": {topic for page in pages for topic in page.topics},
        "provider": {page.provider for page in pages},
        "type": {"article", "video"},
        "has_image": {"1"},
        "coverage": {*STEPS},
    }
    found = {}
    for name, options in values.items():
        others = {key: held for key, held in state.items() if key != name}
        base = meeting(pages, others, alone=alone, with_words=said)
        for value in options:
            stories = len({row.counts_as for row in base if meets(row, name, [value])})
            if stories or value in state.get(name, []):
                found[name, value] = f"{stories:,}"
    providers = choices_of(panel, "provider")
    if providers.others:  # in the index of publishers
        inside = {choice.value for choice in providers.shown}
        inside |= {choice.value for choice in providers.more}
        assert len(inside) == 40
        outside = {
            value: int(stories.replace(",", ""))
            for (name, value), stories in found.items()
            if name == "provider" and value not in inside
        }
        chosen = set(state.get("provider", []))
        least = min(
            int(found["provider", value].replace(",", "")) for value in inside - chosen
        )
        assert max(outside.values()) <= least
        for value in outside:
            del found["provider", value]
    return found


def shown(path: str, state: State) -> set[str]:
    """The ids of all stories of a list, on however many pages."""
    ids, before = set(), ""
    while before is not None:
        query = urlencode({**state, "before": before}, doseq=True)
        listed = Client().get(f"{path}?{query}").context["feed"].stories
        ids |= {card.shape.id for card in listed.cards}
        before = listed.next_cursor
    return ids
