"""What an editor takes away is nowhere; what comes back is as it was."""

from __future__ import annotations

import pytest
from django.test import Client

from articles.models import Article, Page, Story
from articles.publishing import publish, withdraw
from articles.tests.crawl import Answer, crawl
from articles.tests.make import import_drops, make_drop, related_entry

FIRST = "https://gazette.example/aurora"
SECOND = "https://islander.example/aurora"
THIRD = "https://bystander.example/aurora"
ASKED = [
    f"{path}?{query}"
    for path in ("/search/", "/latest/", "/covered/", "/search/feed.atom")
    for query in (
        "q=northport",
        "q=northport&filter=1",
        "q=aurora+ferri&sort=newest&filter=1",
        "q=no+such+words+aurora",
        "filter=1",
        "has_image=1&filter=1",
        "coverage=2&filter=1",
        "min_quality=1&since=2024-01-01&filter=1",
    )
] + [f"/providers/?by={order}" for order in ("first", "leads", "stories", "delay")]


def lay_down() -> dict[str, Answer]:
    """One story with two listed articles and a linked page; only its lead is a quokka's."""
    import_drops(
        {
            "first.txt": make_drop(
                title="Quokka greets ferry Aurora at Northport pier",
                excerpt="The quokka of Northport was there as Aurora came in.",
                webUrl=FIRST,
                provider={"name": "Quokka Gazette", "domain": "gazette.example"},
                topics=["Quokkas", "Shipping"],
                images=[
                    {
                        "url": "https://img.gazette.example/quokka.jpg",
                        "width": 4,
                        "height": 3,
                    }
                ],
                quality=90,
                related=[
                    related_entry(
                        SECOND, title="Ferry Aurora is back at Northport pier"
                    ),
                    related_entry(
                        THIRD, title="Bystanders see Aurora at Northport pier"
                    ),
                ],
            ),
            "second.txt": make_drop(
                title="Ferry Aurora is back at Northport pier",
                excerpt="Northport has its ferry again.",
                webUrl=SECOND,
                publishedDateTime="2024-03-01T14:00:00Z",
                provider={"name": "Islander", "domain": "islander.example"},
                quality=40,
                related=[
                    related_entry(
                        THIRD, title="Bystanders see Aurora at Northport pier"
                    )
                ],
            ),
        }
    )
    assert Story.objects.count() == 1
    return site()


@pytest.fixture
def before(restore) -> dict[str, Answer]:
    """All that readers can get before anything is withdrawn."""
    return restore("ferry", lay_down)


@pytest.fixture
def ferry(before) -> dict[str, Article]:
    return {
        article.source_name: article
        for article in Article.objects.select_related("page")
    }


def site() -> dict[str, Answer]:
    """What links lead to, and what only those who ask for it get."""
    return crawl(Client(), ["/", *ASKED])


def without_static(found: dict[str, Answer]) -> dict[str, tuple[int, bytes]]:
    return {
        address: (answer.status, answer.content)
        for address, answer in found.items()
        if not address.startswith("/static/")
    }


def test_the_words_of_what_is_withdrawn_are_nowhere(ferry, before, client):
    assert any(b"uokka" in answer.content for answer in before.values())
    story = Story.objects.get().public_id
    withdraw(ferry["first"])
    found = site()
    for address in [
        f"/articles/{ferry['first'].public_id}/",
        f"/articles/{ferry['first'].page.key_id}/",
        "/topics/quokkas/",
        "/providers/gazette.example/",
        "/search/?q=northport",
        f"/stories/{story}/quokka-greets-ferry-aurora-at-northport-pier/",
        f"/stories/{ferry['second'].public_id}/",
    ]:
        found |= crawl(client, [address])
    for answer in found.values():
        said = str(answer.headers).lower().encode() + answer.content.lower()
        assert b"quokka" not in said, answer.address
        assert b"gazette.example" not in said, answer.address


@pytest.mark.parametrize(
    "asked", ["q=quokka", "topic=quokkas", "provider=gazette.example"]
)
def test_asking_for_what_is_withdrawn_finds_nothing(ferry, client, asked):
    addresses = (f"/search/?{asked}", f"/latest/?{asked}")
    assert [b"greets" in client.get(address).content for address in addresses] == [
        True,
        True,
    ]
    withdraw(ferry["first"])
    assert [b"greets" in client.get(address).content for address in addresses] == [
        False,
        False,
    ]


def test_the_next_article_leads_at_the_same_address(ferry, client):
    story = Story.objects.get()
    assert story.lead == ferry["first"].page
    withdraw(ferry["first"])
    held = Story.objects.listed().get()
    assert (held.public_id, held.lead, held.page_count) == (
        story.public_id,
        ferry["second"].page,
        2,
    )
    moved = client.get(f"/stories/{story.public_id}/old-words/")
    assert moved.headers["Location"].startswith(
        f"/stories/{story.public_id}/ferry-aurora-is-back"
    )
    assert client.get(moved.headers["Location"]).status_code == 200


def test_a_story_without_a_listed_article_is_gone_and_comes_back(ferry, before, client):
    story = Story.objects.get()
    address = client.get(f"/stories/{story.public_id}/").headers["Location"]
    withdraw(ferry.values())
    assert client.get(address).status_code == 404
    assert "Nothing is published yet" in client.get("/").content.decode()
    assert Page.objects.visible().count() == 0
    publish(ferry.values())
    assert without_static(site()) == without_static(before)


def test_what_is_restored_is_byte_for_byte_as_before(ferry, before):
    withdraw(ferry["first"])
    assert without_static(site()) != without_static(before)
    publish(ferry["first"])
    assert without_static(site()) == without_static(before)


def test_a_linked_page_can_be_withdrawn_too(ferry, before):
    linked = Page.objects.get(canonical_url=THIRD)
    assert any(b"Bystanders" in answer.content for answer in before.values())
    withdraw(linked)
    assert not any(b"ystander" in answer.content for answer in site().values())
    assert Story.objects.get().page_count == 2
    publish(linked)
    linked.refresh_from_db()
    assert linked.is_visible


def test_what_only_a_hidden_article_names_is_hidden(ferry):
    withdraw(ferry["second"])
    assert Page.objects.get(canonical_url=THIRD).is_visible
    withdraw(ferry["first"])
    assert not Page.objects.get(canonical_url=THIRD).is_visible


def test_a_withdrawn_article_named_by_a_listed_one_stays_hidden(ferry):
    withdraw(ferry["second"])
    page = Page.objects.get(canonical_url=SECOND)
    assert (page.is_listed, page.is_visible) == (False, False)
    assert not any(b"islander" in answer.content.lower() for answer in site().values())


def test_what_no_drop_lists_may_be_mentioned_where_a_listed_article_names_it(db):
    import_drops(
        {
            "head.txt": make_drop(webUrl=FIRST, related=[related_entry(SECOND)]),
            "tail.txt": make_drop(
                webUrl=SECOND,
                published=False,
                title="Tail wags",
                related=[related_entry(THIRD, title="Beyond")],
            ),
        }
    )
    found = site()
    assert any(b"Tail wags" in answer.content for answer in found.values())
    assert not any(b"Beyond" in answer.content for answer in found.values())
    tail = Article.objects.get(source_name="tail")
    assert Client().get(f"/articles/{tail.public_id}/").status_code == 404


def test_hiding_a_page_moves_no_other_page_to_another_story(ferry):
    before = dict(Page.objects.values_list("canonical_url", "story"))
    withdraw(ferry.values())
    assert dict(Page.objects.values_list("canonical_url", "story")) == before
