"""What an editor sets of an article: readers get it, clustering and re-drops do not."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from articles.library.database import DatabaseLibrary
from articles.models import Article, ArticleTopic, Decision, Page, Topic
from articles.models.publication import publication_version
from articles.publishing import NothingToDecide, edit, undo
from articles.rules.edits import Picture
from articles.tests.make import import_drops, make_drop, related_entry

pytestmark = pytest.mark.django_db
Kind = Decision.Kind
URL = "https://example.com/good"


def drop(**given) -> bytes:
    usual = {"title": "The drop's title", "webUrl": URL, "topics": ["Ships", "Ports"]}
    picture = {"url": "https://example.com/a.jpg", "width": 640, "height": 480}
    return make_drop(**usual | {"images": [picture]} | given)


@pytest.fixture
def article(db) -> Article:
    import_drops({"good.txt": drop(excerpt="What it says.")})
    return Article.objects.get()


def page() -> Page:
    return Page.objects.get(canonical_url=URL)


def topics() -> list[str]:
    labels = ArticleTopic.objects.order_by("position")
    return list(labels.values_list("name", flat=True))


def front(client) -> bytes:
    return client.get("/").content


EVERYTHING = {
    Kind.HEADLINE: "A title by Edith",
    Kind.EXCERPT: "In other words.",
    Kind.PICTURE: Picture("https://example.com/b.jpg", 320, 200),
    Kind.TOPICS: ("Shipping", "Ports"),
}


def test_readers_get_what_an_editor_set_and_back_byte_for_byte(article, client):
    before = front(client)
    act = edit(article, EVERYTHING)
    shown = front(client).decode()
    assert "A title by Edith" in shown
    assert "The drop" not in shown and "b.jpg" in shown and "a.jpg" not in shown
    held = page()
    assert (held.title, held.excerpt) == ("A title by Edith", "In other words.")
    assert (held.image_url, held.image_width) == ("https://example.com/b.jpg", 320)
    assert topics() == ["Shipping", "Ports"]
    assert client.get("/search/?q=edith").content.count(b"Edith<") > 0
    assert b"Edith" not in client.get("/search/?q=drop%27s").content
    assert undo(act) == 4
    assert front(client) == before
    assert topics() == ["Ships", "Ports"]
    assert not Topic.objects.filter(name="Shipping", story_count__gt=0).exists()


def test_clustering_reads_the_drop_whatever_an_editor_set(article):
    edit(article, EVERYTHING)
    seen = DatabaseLibrary().pages([URL])[URL]
    assert (seen.title, seen.excerpt) == ("The drop's title", "What it says.")
    article.refresh_from_db()
    assert (article.title, article.excerpt) == ("The drop's title", "What it says.")


def test_a_re_drop_moves_only_what_the_drop_says(article, client):
    edit(article, EVERYTHING)
    before, version = front(client), publication_version()
    again = drop(title="Another", excerpt="It says more.", topics=["Cranes"])
    import_drops({"good.txt": again})
    call_command("rebuild_stories")
    assert front(client) == before
    assert page().drop_title == "Another"
    assert Article.objects.get().drop_topics == ["Cranes"]
    assert publication_version() >= version
    edit(Article.objects.get(), dict.fromkeys(EVERYTHING))
    held = page()
    assert (held.title, held.excerpt) == ("Another", "It says more.")
    assert (held.drop_title, held.drop_excerpt) == (None, None)
    assert topics() == ["Cranes"]
    assert Article.objects.get().drop_topics is None


def test_empty_is_a_value_for_all_but_the_title(article):
    edit(article, {Kind.EXCERPT: "", Kind.PICTURE: Picture(""), Kind.TOPICS: ()})
    assert (page().excerpt, page().image_url, topics()) == ("", "", [])
    with pytest.raises(NothingToDecide, match="shows nothing"):
        edit(article, {Kind.HEADLINE: " \u200b "})


@pytest.mark.parametrize(
    "url",
    ["http://example.com/a.jpg", "javascript:alert(1)", "//example.com/a", "a.jpg"],
)
def test_pictures_are_https(article, url):
    with pytest.raises(NothingToDecide, match="picture"):
        edit(article, {Kind.PICTURE: Picture(url)})


def test_what_stands_is_not_laid_down_again(article):
    edit(article, EVERYTHING)
    made = Decision.objects.count()
    with pytest.raises(NothingToDecide, match="already"):
        edit(article, EVERYTHING)
    edit(article, EVERYTHING | {Kind.EXCERPT: "Yet other words."})
    assert Decision.objects.count() == made + 1


def test_it_follows_the_source_to_another_address(article):
    edit(article, {Kind.HEADLINE: "A title by Edith"})
    import_drops({"good.txt": drop(webUrl="https://example.com/moved")})
    moved = Page.objects.get(canonical_url="https://example.com/moved")
    assert moved.title == "A title by Edith"


def test_it_holds_for_the_page_whichever_twin_speaks(article):
    edit(article, EVERYTHING)
    later = {"publishedDateTime": "2024-03-02T12:00:00Z", "title": "A twin"}
    import_drops({"twin.txt": drop(**later, topics=["Twins"])})
    held = page()
    assert held.article.source_name == "twin" and held.title == "A title by Edith"
    assert list(held.article.labels.values_list("name", flat=True)) == [
        "Shipping",
        "Ports",
    ]
    assert list(article.labels.order_by("position").values_list("name", flat=True)) == [
        "Ships",
        "Ports",
    ]


def test_a_drop_without_topics_has_none_again(db):
    import_drops({"good.txt": drop(topics=None)})
    act = edit(Article.objects.get(), {Kind.TOPICS: ("Shipping",)})
    assert topics() == ["Shipping"]
    undo(act)
    assert topics() == [] and Article.objects.get().drop_topics is None


def test_a_topic_is_spelled_as_its_newest_article_has_it_if_an_editor_said_so(db):
    import_drops({"good.txt": drop(), "other.txt": drop(webUrl=f"{URL}/2", topics=[])})
    edit(page(), {Kind.TOPICS: ("CRANES",)})
    edit(Page.objects.get(canonical_url=f"{URL}/2"), {Kind.TOPICS: ("Cranes",)})
    for at, name in (("02-01T12", "Cranes"), ("03-01T18", "CRANES")):
        import_drops({"good.txt": drop(publishedDateTime=f"2024-{at}:00:00Z")})
        assert Topic.objects.get(key="cranes").name == name


def test_it_goes_on_to_the_page_that_its_address_turns_out_to_be_of(db):
    first, other = f"{URL}/amp", f"{URL}/story"
    listed = related_entry(first, title="Linked")
    import_drops({"good.txt": drop(related=[listed])})
    edit(Page.objects.get(canonical_url=first), {Kind.EXCERPT: "By Edith."})
    entry = related_entry(other, title="Linked", ampWebUrl=first)
    import_drops({"good.txt": drop(related=[entry])})
    assert not Page.objects.filter(canonical_url=first).exists()
    lived = Page.objects.get(canonical_url=other).excerpt
    call_command("rebuild_stories")
    assert Page.objects.get(canonical_url=other).excerpt == lived
