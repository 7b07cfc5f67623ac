"""A misspelt word is answered with the nearest one that readers may see."""

from __future__ import annotations

import random

import pytest
from django.db import connection

from articles.models import Page, SearchEntry, SearchWord
from articles.publishing import publish, withdraw
from articles.search import better_known, index, parse, reindex, respelled, vocabulary
from articles.search.near_words import near_words
from articles.selectors.search import search_page
from articles.settle import settle
from articles.tests.make import NOW, import_drops, make_article, make_drop

from .making import made, many
from .reading import found, page_of, plain
from .slips import slip

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="asks the index"),
]


def meant(text: str) -> str | None:
    right = respelled(parse(text))
    return right.query.text if right else None


def said() -> set[str]:
    """The words that visible pages say, read anew."""
    pages = Page.objects.visible().values_list("title", "excerpt", "provider__name")
    return {word for texts in pages for word in vocabulary.words_of(texts)}


def assert_exact() -> None:
    assert set(SearchWord.objects.values_list("letters", flat=True)) == said()
    assert not SearchWord.objects.filter(entry=None).exists()


@pytest.mark.parametrize(
    "typed",
    ["kuberntes", "kubernettes", "kubenretes", "kubernates", "jubernetes", "ubernetes"]
    + ["kubernetess", "KUBERNTES", "kuberntse", "kbuernetse"],
)
def test_one_or_two_slips_anywhere_are_put_right(typed):
    made("Kubernetes on ferries", "Cubes of nets")
    assert meant(typed) == "kubernetes"


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("kuberntes", "kubernetes"),
        ("Ferires kuberntes", "ferries kubernetes"),
        ("kuberntes feries", "kubernetes ferries"),
        ("kuberntes, (feries)", "kubernetes, (ferries)"),
        ("kuberntes -sails provider:gazete", "kubernetes -sails provider:gazete"),
        ('kuberntes "feries sail"', 'kubernetes "feries sail"'),
        ("cloud-natve kuberntes", "cloud-native kubernetes"),
        ("zebra kuberntes", "zebra kubernetes"),
        ("Σαμμιτ Мсква", "Σαμμιτ москва"),
    ],
)
def test_plain_words_alone_are_put_right_each_by_itself(typed, right):
    made("Kubernetes on ferries", "Cloud-native gazette", "Москва")
    assert meant(typed) == right


@pytest.mark.parametrize(
    "typed",
    ["kubernetes", "zebra", "kub", '"kuberntes"', "-kuberntes", "東京", "x1y2z3"],
)
def test_what_is_said_or_is_near_to_nothing_stays(typed):
    made("Kubernetes on ferries")
    assert meant(typed) is None


def test_a_word_that_stands_with_the_others_is_preferred():
    made("Fleet of ferries", "Fluent harbours", "Fleet", "Fleet again")
    assert meant("flent ferries") == "fleet ferries"
    assert meant("flent harbours") == "fluent harbours"


def test_a_letter_left_out_is_likelier_than_a_letter_mistaken():
    made("Fluent", "Fleet", "Fleet again")
    assert meant("flent") == "fluent"


def test_words_of_hidden_pages_are_never_meant():
    hidden = make_article(title="Quokkas swim")
    make_article(title="Ferry sails")
    settle(now=NOW)
    assert meant("quokas") == "quokkas"
    withdraw(hidden)
    assert meant("quokas") is None
    assert_exact()
    publish(hidden)
    assert meant("quokas") == "quokkas"


def test_a_word_lasts_as_long_as_any_visible_page_says_it_just_so():
    first = make_article(title="Quokkas swim")
    second = make_article(title="Quokkas sleep")
    make_article(title="A quokka")
    settle(now=NOW)
    withdraw(first)
    assert meant("quokkass") == "quokkas"
    assert_exact()
    withdraw(second)
    assert not SearchWord.objects.filter(letters="quokkas").exists()
    assert_exact()


def test_words_are_exact_after_whatever_comes_and_goes():
    chance = random.Random(5)
    words = ["ferry", "ferries", "crane", "cranes", "harbour", "quokka", "quokkas"]
    for turn in range(12):
        names = chance.sample("abcdef", 3)
        import_drops(
            {
                f"{name}.txt": make_drop(
                    title=" ".join(chance.sample(words, 3)),
                    webUrl=f"https://{name}.example/{turn % 2}",
                    published=chance.random() < 0.8,
                )
                for name in names
            }
        )
        assert_exact()


def test_indexing_anew_keeps_the_same_words(seeded):
    before = set(SearchWord.objects.values_list("letters", flat=True))
    assert before == said()
    SearchEntry.objects.all().delete()
    index(Page.objects.visible().values_list("pk", flat=True))
    assert set(SearchWord.objects.values_list("letters", flat=True)) == before
    reindex()
    assert_exact()


def test_results_of_the_right_word_are_shown_at_once(client):
    many(3)
    page = page_of(client, "ferrry")
    assert "No matches for “ferrry”. Showing results for “ferry”." in plain(page.text)
    assert "<title>3 stories, 3 articles with “ferry”" in page.text
    assert "<mark>Ferry</mark>" in found(page.text)
    assert 'value="ferry"' in page.text


@pytest.mark.parametrize("sort", ["relevance", "newest"])
def test_lists_of_the_right_word_go_on(client, monkeypatch, sort):
    monkeypatch.setattr("articles.selectors.search_hits.PAGE_SIZE", 4)
    many(6)
    first = search_page(parse("ferrry"), Page.objects.visible(), sort=sort)
    on = search_page(
        parse("ferrry"), Page.objects.visible(), sort=sort, before=first.next_cursor
    )
    assert (len(first.stories), len(on.stories)) == (4, 2)


def test_a_rare_word_beside_a_common_one_is_questioned(client):
    many(10)
    made("A fery tale")
    assert better_known(parse("fery"), pages=1).query.text == "ferry"
    text = page_of(client, "fery", "&sort=newest").text
    assert 'Did you mean <a href="/search/?q=ferry&amp;sort=newest">ferry</a>?' in text
    assert "fery</mark> tale" in text


def test_of_words_that_as_many_say_the_likeliest_is_offered():
    many(10)
    made("A fery tale", *[f"Very {number}" for number in range(10)])
    assert better_known(parse("fery"), pages=1).query.text == "ferry"


def test_where_no_page_says_both_words_a_near_one_may_be_meant(client):
    made("Cloud of ferries", "Clod")
    text = plain(page_of(client, "clod ferries").text)
    assert "No matches for “clod ferries”. Showing results for “cloud ferries”." in text


def test_what_filters_leave_out_is_not_misspelt(client):
    many(10)
    made("Clod of ferries", "Cloud of ferries", *["Fairy tale"] * 4, *["Dairy"] * 40)
    for words in ("clod ferries", "fairy"):
        text = plain(page_of(client, words.replace(" ", "+"), "&until=1990-01-01").text)
        assert "Showing results for" not in text
        assert "Did you mean" not in text


def test_few_words_are_compared_however_many_there_are(django_assert_num_queries):
    made("Kubernetes on ferries")
    with django_assert_num_queries(1):
        assert [near.letters for near in near_words("kuberntes", slips=2)] == [
            "kubernetes"
        ]
    for text in ("kuberntes ferires", " ".join(f"ferris{n}x" for n in "abcdefgh")):
        with django_assert_num_queries(18, exact=False):
            respelled(parse(text))


def test_misspelt_words_of_the_corpus_are_put_right(published_corpus):
    chance = random.Random(3)
    words = sorted(
        SearchWord.objects.filter(letters__regex="^[a-z]{7,}$").values_list(
            "letters", flat=True
        )
    )
    tried = [(word, slip(word, chance)) for word in chance.sample(words, 200)]
    wrong = [
        (word, typed)
        for word, typed in tried
        if parse(word).wanted[0].phrases[0] != parse(typed).wanted[0].phrases[0]
        and meant(typed) not in (word, None)
    ]
    missed = [word for word, typed in tried if meant(typed) is None]
    assert len(wrong) <= 10, wrong
    assert len(missed) <= 40, missed
