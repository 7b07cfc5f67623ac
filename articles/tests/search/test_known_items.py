"""Somebody looks for a page of the corpus, and has it among the first three results."""

from __future__ import annotations

import random
import re
from collections import Counter

import pytest

from articles.models import Page
from articles.rules.text.words import read_words
from articles.search import parse
from articles.selectors.search import search_page

from .known_items import KNOWN_ITEMS, OF_THE_SEEDS

pytestmark = pytest.mark.django_db
FIRST = 3
TYPED = re.compile(r"[\w'’&.+-]+")


@pytest.fixture(scope="module")
def all_listed(published_corpus: None) -> list[Page]:
    """All pages of the corpus, each of them listed."""
    return list(Page.objects.visible().select_related("provider").order_by("public_id"))


def test_known_items_of_the_corpus_are_found(all_listed):
    sources = dict(
        Page.objects.visible().values_list("article__source_name", "public_id")
    )
    missed = [
        question
        for question, source in KNOWN_ITEMS
        if sources[source] not in first_results(question)
    ]
    assert len(KNOWN_ITEMS) == 40
    assert len(missed) <= 2, missed


def test_any_page_is_found_by_what_is_typed_of_its_headline(all_listed):
    """Forty at a time, asked for in as many ways as there are."""
    chance = random.Random(20)
    rarity = Counter(form for page in all_listed for form in forms(page.title))
    long_enough = [page for page in all_listed if len(TYPED.findall(page.title)) > 4]
    for way in (in_part, whole, with_its_publisher, misspaced, mistyped):
        missed = [
            (question, page.title)
            for page in chance.sample(long_enough, 40)
            if page.title not in first_titles(question := way(page, rarity, chance))
        ]
        assert len(missed) <= 2, (way.__name__, missed)


def test_known_items_of_the_seeds_are_found(seeded):
    urls = dict(Page.objects.visible().values_list("canonical_url", "public_id"))
    missed = [
        question
        for question, url in OF_THE_SEEDS
        if urls[url] not in first_results(question)
    ]
    assert missed == []
    assert Page.objects.visible().filter(article=None).exists()


def in_part(page: Page, rarity: Counter[str], chance: random.Random) -> str:
    words = rarest(page.title, 4, rarity)
    chance.shuffle(words)
    return " ".join(words)


def whole(page: Page, rarity: Counter[str], chance: random.Random) -> str:
    return page.title.lower()


def with_its_publisher(page: Page, rarity: Counter[str], chance: random.Random) -> str:
    return f"{page.provider.name} {' '.join(rarest(page.title, 2, rarity))}"


def misspaced(page: Page, rarity: Counter[str], chance: random.Random) -> str:
    dash = chance.choice(["–", " – ", "- ", " ", ""])
    return re.sub("[-–—]", dash, page.title)


def mistyped(page: Page, rarity: Counter[str], chance: random.Random) -> str:
    words = rarest(page.title, 5, rarity)
    words[chance.randrange(len(words))] += "zq"
    return " ".join(words)


def rarest(title: str, most: int, rarity: Counter[str]) -> list[str]:
    words = sorted(set(TYPED.findall(title)))
    return sorted(words, key=lambda word: min(map(rarity.get, forms(word)), default=1))[
        :most
    ]


def forms(text: str) -> list[str]:
    return [word.form for word in read_words(text).words]


def first_results(question: str) -> set[str]:
    return {line.id for line in first_lines(question)}


def first_titles(question: str) -> set[str]:
    return {line.title for line in first_lines(question)}


def first_lines(question: str) -> list:
    found = search_page(parse(question), Page.objects.visible())
    return [page.page for story in found.stories[:FIRST] for page in story.pages]
