"""What publishers and topics are called: as the newest that names them has it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from articles.models import ArticleTopic, Page, Provider, RelatedLink, Topic
from articles.settle import settle
from articles.settle.names import name_providers, name_topics, providers_of
from articles.tests.make import NOON, NOW, make_article, make_provider, name_page

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
DOMAIN = "press.example"


def says(name: str, source: str, *, at=NOON, domain: str = DOMAIN):
    """An article that calls its publisher so."""
    return make_article(
        provider=domain, provider_name=name, source_name=source, published_at=at
    )


def lists(name: str, digest: int, *, at, domain: str = DOMAIN) -> None:
    """A wording that calls its publisher so."""
    listing = make_article(provider="listing.example")
    name_page(
        listing,
        f"https://x.example/{digest}",
        provider=domain,
        provider_name=name,
        published_at=at,
        digest=digest.to_bytes(16, "big"),
    )


def named(domain: str = DOMAIN) -> str:
    name_providers(Provider.objects.values_list("pk", flat=True))
    return Provider.objects.get(domain=domain).name


def test_a_publisher_is_called_as_its_newest_article_has_it():
    for hours, name in ((0, "Old"), (2, "Newest"), (1, "Newer")):
        says(name, f"s{hours}", at=NOON + hours * HOUR)
    assert named() == "Newest"


def test_of_articles_of_one_moment_the_last_by_source_counts():
    for source in "bca":
        says(f"As {source} has it", source)
    assert named() == "As c has it"


def test_articles_come_before_lists_whatever_their_times():
    says("Its own", "a")
    lists("A newer list's", 1, at=NOON + HOUR)
    assert named() == "Its own"


def test_without_articles_the_newest_wording_counts_and_undated_ones_last():
    lists("Undated", 1, at=None)
    assert named() == "Undated"
    lists("Old", 2, at=NOON)
    lists("New", 3, at=NOON + HOUR)
    lists("Older", 4, at=NOON - HOUR)
    assert named() == "New"


def test_of_wordings_of_one_moment_the_first_by_digest_counts():
    for digest in (2, 1, 3):
        lists(f"Wording {digest}", digest, at=NOON)
    assert named() == "Wording 1"


def test_names_of_others_do_not_count():
    says("Other", "a", domain="other.example", at=NOON + HOUR)
    lists("Other's list", 1, at=NOON + HOUR, domain="another.example")
    make_provider(DOMAIN)
    assert named() == DOMAIN
    says("Own", "b")
    assert named() == "Own"


def test_a_name_that_nobody_says_stays():
    says("", "a")
    make_provider(DOMAIN)
    assert named() == DOMAIN


def test_only_those_that_are_asked_for_are_named_again():
    says("One", "a", domain="one.example")
    says("Two", "b", domain="two.example")
    name_providers([Provider.objects.get(domain="one.example").pk])
    assert dict(Provider.objects.values_list("domain", "name")) == {
        "one.example": "One",
        "two.example": "two.example",
    }


def test_nothing_is_written_where_names_are_right(django_assert_num_queries):
    says("One", "a")
    named()
    providers = [Provider.objects.get(domain=DOMAIN).pk]
    with django_assert_num_queries(1):
        name_providers(providers)


def test_pages_are_found_by_the_new_name_of_their_publisher(client):
    says("Axolotl Times", "a")
    settle(now=NOW)
    assert b"Article" in client.get("/search/?q=axolotl").content
    says("Capybara Gazette", "b", at=NOON + HOUR)
    settle(now=NOW)
    found = [client.get(f"/search/?q={word}") for word in ("capybara", "axolotl")]
    assert [
        b"<mark" in one.content or b"/stories/" in one.content for one in found
    ] == [
        True,
        False,
    ]


def labelled(name: str, source: str, *, at=NOON) -> None:
    article = make_article(source_name=source, published_at=at)
    topic, _ = Topic.objects.get_or_create(
        key="cafe", defaults={"name": "cafe", "slug": "cafe"}
    )
    ArticleTopic.objects.create(article=article, topic=topic, name=name, position=0)


def topic_name() -> str:
    name_topics(Topic.objects.values_list("pk", flat=True))
    return Topic.objects.get(key="cafe").name


def test_a_topic_is_spelled_as_its_newest_article_does():
    for hours, name in ((0, "CAFE"), (2, "Caf\u00e9"), (1, "Cafe")):
        labelled(name, f"s{hours}", at=NOON + hours * HOUR)
    assert topic_name() == "Caf\u00e9"


def test_of_spellings_of_one_moment_the_last_by_source_counts():
    for source, name in (("b", "CAFE"), ("c", "Cafe"), ("a", "cAFE")):
        labelled(name, source)
    assert topic_name() == "Cafe"


def test_a_topic_that_is_not_asked_for_or_that_nobody_spells_keeps_its_name():
    make_article(topics=["Shipping"])
    unspelled = Topic.objects.create(key="cafe", name="cafe", slug="cafe")
    Topic.objects.filter(key="shipping").update(name="SHIPS")
    name_topics([unspelled.pk])
    assert set(Topic.objects.values_list("name", flat=True)) == {"cafe", "SHIPS"}


def test_the_publishers_of_pages_are_those_of_their_articles_and_wordings():
    article = says("One", "a", domain="one.example")
    page = article.page
    says("Two", "b", domain="two.example")
    lists("Three", 1, at=NOON, domain="three.example")
    wording = RelatedLink.objects.get()
    RelatedLink.objects.update(page=page, canonical_url=page.canonical_url)
    make_provider("four.example")
    ids = dict(Provider.objects.values_list("domain", "pk"))
    assert providers_of([page.pk]) == {ids["one.example"], ids["three.example"]}
    others = Page.objects.exclude(pk=page.pk).values_list("pk", flat=True)
    assert wording.page_id in others
    assert providers_of(others) == {ids["two.example"], ids["listing.example"]}
    assert providers_of([]) == set()
