"""Which drop updates which article, which pages are one, and where ids lead."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from articles.models import Alias, Article, Mention, Page
from articles.rules.canonical_url import canonical_url
from articles.rules.public_id import article_id, page_id
from articles.tests.make import NOW, import_drops, make_drop, related_entry
from articles.tests.properties import examples

from .worlds import Batch, batches, bring, histories, live, world

pytestmark = pytest.mark.django_db
in_worlds = settings(
    max_examples=examples(6),
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@in_worlds
@given(histories(1, 5))
def test_a_source_has_one_article_and_a_canonical_url_one_page(history):
    with world():
        live(history)
        brought = {
            name for one in history if isinstance(one, Batch) for name, _ in one.brought
        }
        assert sorted(Article.objects.values_list("source_name", flat=True)) == sorted(
            brought
        )
        for page in Page.objects.all():
            assert canonical_url(page.canonical_url) == page.canonical_url
            assert page.twins.exists() or page.mentions.exists()


@in_worlds
@given(histories(1, 5))
def test_public_ids_follow_from_names_and_urls_alone(history):
    with world():
        live(history)
        for article in Article.objects.all():
            assert article.public_id == article_id(article.source_name)
        for page in Page.objects.select_related("article"):
            assert page.key_id == page_id(page.canonical_url)
            assert page.public_id == (
                page.article.public_id if page.article else page.key_id
            )


@in_worlds
@given(histories(1, 5), batches)
def test_an_id_that_was_public_leads_somewhere_as_long_as_its_story_has_pages(
    history, more
):
    with world():
        live(history)
        before = set(Page.objects.values_list("public_id", flat=True))
        mates = {
            page.public_id: set(
                page.story.pages.exclude(pk=page.pk).values_list("pk", flat=True)
            )
            for page in Page.objects.select_related("story")
        }
        bring(dict(more.brought), now=NOW + timedelta(hours=1))
        for public_id in before:
            found = list(Page.objects.with_id(public_id))
            assert len(found) <= 1
            if not found:
                assert not Page.objects.filter(pk__in=mates[public_id]).exists()


@in_worlds
@given(st.permutations(["a", "b", "c"]))
def test_twins_are_one_page_whose_other_addresses_redirect(order):
    client = Client()
    drops = {
        "a": make_drop(
            webUrl="https://press.example/1",
            publishedDateTime="2024-03-01T10:00:00Z",
            published=False,
        ),
        "b": make_drop(
            webUrl="http://press.example:80/1?utm_id=4",
            publishedDateTime="2024-03-01T09:00:00Z",
        ),
        "c": make_drop(
            webUrl="https://PRESS.example/1#more",
            publishedDateTime="2024-03-01T08:00:00Z",
        ),
    }
    with world():
        for name in order:
            import_drops({f"{name}.txt": drops[name]})
        page = Page.objects.get()
        assert page.article.source_name == "b"  # listed first, then the latest
        shown = client.get(f"/articles/{article_id('b')}/", follow=True)
        assert shown.status_code == 200
        for other in (
            article_id("a"),
            article_id("c"),
            page_id("https://press.example/1"),
        ):
            led = client.get(f"/articles/{other}/", follow=True)
            assert led.redirect_chain and led.content == shown.content


def test_a_drop_takes_over_the_page_that_a_list_named(db, client):
    url = "https://press.example/linked"
    import_drops(
        {"a.txt": make_drop(related=[related_entry(url, title="As the list has it")])}
    )
    page = Page.objects.get(canonical_url=url)
    assert (page.public_id, page.title) == (page_id(url), "As the list has it")
    import_drops({"b.txt": make_drop(webUrl=url, title="Its own words")})
    page.refresh_from_db()
    assert Page.objects.filter(canonical_url=url).count() == 1
    assert (page.public_id, page.title, page.article.source_name) == (
        article_id("b"),
        "Its own words",
        "b",
    )
    led = client.get(f"/articles/{page_id(url)}/", follow=True)
    assert led.status_code == 200 and article_id("b") in led.redirect_chain[0][0]


def test_the_id_of_a_page_that_vanished_leads_to_its_story(db, client):
    gone, stays = "https://press.example/gone", "https://press.example/stays"
    words = "Stratford live facial recognition cameras switched on"
    usual = {"title": words, "excerpt": words, "webUrl": "https://press.example/own"}
    entries = [related_entry(url, title=words, excerpt=words) for url in (gone, stays)]
    import_drops({"a.txt": make_drop(**usual, related=entries)})
    page = Page.objects.get(canonical_url=gone)
    assert page.story.pages.count() == 3
    import_drops({"a.txt": make_drop(**usual, related=entries[1:])})
    assert not Page.objects.filter(canonical_url=gone).exists()
    led = client.get(f"/stories/{page.public_id}/", follow=True)
    assert led.status_code == 200 and led.redirect_chain


def test_an_id_in_use_again_leads_to_its_own_page_and_no_longer_elsewhere(db):
    gone = "https://press.example/gone"
    words = "Stratford live facial recognition cameras switched on"
    usual = {"title": words, "excerpt": words, "webUrl": "https://press.example/own"}
    entry = related_entry(gone, title=words, excerpt=words)
    for related in ([entry], None, [entry]):
        import_drops({"a.txt": make_drop(**usual, related=related)})
    assert [page.canonical_url for page in Page.objects.with_id(page_id(gone))] == [
        gone
    ]
    assert not Alias.objects.filter(public_id=page_id(gone)).exists()


def test_the_former_id_of_a_page_follows_its_article_to_another_url(db, client):
    old, new = "https://press.example/old", "https://press.example/new"
    naming = {"webUrl": "https://press.example/x", "title": "Naming"}
    import_drops({"n.txt": make_drop(**naming, related=[related_entry(old)])})
    import_drops({"n.txt": make_drop(**naming), "a.txt": make_drop(webUrl=old)})
    import_drops({"a.txt": make_drop(webUrl=new)})
    led = client.get(f"/articles/{page_id(old)}/", follow=True)
    assert led.status_code == 200 and article_id("a") in led.redirect_chain[0][0]


def test_a_page_moves_along_when_the_page_that_claims_it_is_claimed(db):
    copy, page, first = (f"https://press.example/{n}" for n in (4, 3, 1))
    drops = {
        "a.txt": make_drop(related=[related_entry(copy, title="As a list has it")]),
        "b.txt": make_drop(webUrl=page, ampWebUrl=copy),
        "c.txt": make_drop(webUrl=first, ampWebUrl=page),
    }
    for name, drop in drops.items():
        import_drops({name: drop})
    assert set(Page.objects.values_list("canonical_url", flat=True)) == {
        first,
        Article.objects.get(source_name="a").canonical_url,
    }
    mention = Mention.objects.get(article__source_name="a")
    assert mention.page.canonical_url == first
