"""Which address leads where, and what is said where there is nothing to show."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from articles.ingest.finding.sources import find_sources
from articles.ingest.run import Options, run_import
from articles.models import Article, Page, Story
from articles.publishing import withdraw
from articles.settle import settle
from articles.tests.crawl import ask, crawl
from articles.tests.make import NOON, NOW, make_article, name_page
from articles.tests.markup import read_markup

MISSING = "aaaaaaaaaaaa"


@pytest.fixture
def article(db) -> Article:
    """A listed article under the topic AI, which names one page."""
    made = make_article(title="Ferry sails again", topics=["AI"], source_name="ferry")
    name_page(made, "https://elsewhere.example/ferry", title="Harbour cheers")
    settle(now=NOW)
    return made


def story_path(article: Article) -> str:
    story = Story.objects.get(pages__article=article)
    return reverse("story", args=[story.public_id, article.slug])


def leads_for_good(client, address: str) -> str:
    """Where an address leads, told to all who keep addresses, and asked for again."""
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (301, "no-cache")
    return answer.headers["Location"]


def test_a_wrong_slug_leads_to_the_right_one(article, client):
    for path in (
        story_path(article),
        reverse("article", args=[article.public_id, article.slug]),
    ):
        for wrong in (path.replace("ferry", "fairy"), path.rsplit("/", 2)[0] + "/"):
            assert leads_for_good(client, wrong) == path
    assert (
        leads_for_good(client, "/providers/EXAMPLE.com/") == "/providers/example.com/"
    )


def test_the_id_of_any_member_leads_to_its_story(article, client):
    story = Story.objects.get(pages__article=article)
    linked = name_page(article, "https://elsewhere.example/2")
    settle(now=NOW)
    Page.objects.filter(pk=linked.pk).update(story=story)
    linked.refresh_from_db()
    ids = {linked.public_id, linked.key_id, article.public_id, article.page.key_id}
    for id_ in ids - {story.public_id}:
        assert leads_for_good(client, f"/stories/{id_}/") == story_path(article)


def test_a_page_that_readers_have_no_story_for_has_no_story_address(article, client):
    linked = Page.objects.get(canonical_url="https://elsewhere.example/ferry")
    assert linked.is_visible
    assert client.get(f"/stories/{linked.public_id}/").status_code == 404


def test_the_address_of_a_twin_leads_to_the_one_shown(db, client):
    shown = make_article(
        url="https://example.com/t", published_at=NOON + timedelta(hours=1)
    )
    twin = make_article(url="https://example.com/t")
    settle(now=NOW)
    path = reverse("article", args=[shown.public_id, shown.slug])
    assert leads_for_good(client, f"/articles/{twin.public_id}/") == path
    assert leads_for_good(client, f"/articles/{shown.page.key_id}/") == path
    assert client.get(path).status_code == 200


def test_what_is_hidden_answers_like_what_never_was(article, client):
    hidden = make_article(
        title="Nobody reads this",
        published=False,
        topics=["Secrets"],
        provider="hidden.example",
    )
    withdrawn = make_article(title="Nor that", topics=["Lies"], provider="lies.example")
    settle(now=NOW)
    withdraw(withdrawn)
    never = {
        f"/{kind}/{MISSING}/{slug}": ask(client, f"/{kind}/{MISSING}/{slug}")
        for kind in ("stories", "articles", "topics", "providers")
        for slug in ("", "some-words/")
    }
    for page in (hidden, withdrawn):
        for id_ in (page.public_id, page.page.key_id):
            for kind in ("stories", "articles"):
                for slug in ("", "some-words/"):
                    same_but_for_the_address(
                        ask(client, f"/{kind}/{id_}/{slug}"),
                        never[f"/{kind}/{MISSING}/{slug}"],
                    )
    for name in ("secrets", "lies"):
        same_but_for_the_address(
            ask(client, f"/topics/{name}/"), never[f"/topics/{MISSING}/"]
        )
    for name in ("hidden.example", "lies.example"):
        same_but_for_the_address(
            ask(client, f"/providers/{name}/"), ask(client, "/providers/never.example/")
        )


def same_but_for_the_address(one, other):
    assert (one.status, one.headers, one.content) == (404, other.headers, other.content)


def test_a_missing_page_is_in_the_look_of_the_site(article, client):
    answer = ask(client, "/no/such/page/")
    assert answer.status == 404
    assert answer.markup.faults == []
    assert answer.markup.headings[0] == 1
    assert {"/", "/latest/", "/search/"} <= set(answer.links)
    assert "noindex" in answer.text
    assert answer.headers["Content-Security-Policy"]
    assert not answer.cookies


def test_an_empty_site_says_so_and_every_link_of_it_works(db, client):
    make_article(title="Not yet", published=False)
    settle(now=NOW)
    found = crawl(client)
    pages = [answer for answer in found.values() if answer.kind == "text/html"]
    assert len(pages) >= 7
    assert all(
        answer.status == 200
        for answer in found.values()
        if "/static/" not in answer.address
    )
    assert "Nothing is published yet" in found["/"].text
    assert [
        page.address
        for page in pages
        if page.markup.faults or page.markup.headings[:1] != [1]
    ] == []
    assert not any(
        "Not yet" in answer.text
        for answer in found.values()
        if "/static/" not in answer.address
    )


def test_seeds_that_nobody_published_are_not_on_the_site(db, seeds, client):
    report = run_import(list(find_sources(seeds)), Options(), now=NOW)
    assert (report.created, report.listed) == (5, 0)
    assert "Nothing is published yet" in client.get("/").content.decode()
    assert Page.objects.visible().count() == 0


def test_the_strict_reader_objects():
    """The reader that the page tests rely on finds what it is there to find."""
    faulty = '<!doctype html><p><div onclick=x style="a"></div></p><li id="a"><b id="a"></li><style></style><script>1</script><label for="q">'
    said = " | ".join(read_markup(faulty).faults)
    for words in (
        "<div> in a paragraph",
        "onclick on",
        "style on",
        "<li> in",
        "two have the id a",
        "<style>",
        "inline script",
        "</li> after",
        "<label> is never closed",
        "none has the id q",
    ):
        assert words in said
