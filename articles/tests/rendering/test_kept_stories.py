"""Cards and pages of stories are ready when readers come, and never tell of the past."""

from __future__ import annotations

import pytest

from articles.models import Page, RenderedStory, Story
from articles.publishing import publish, withdraw
from articles.rendering.render import today
from articles.settle import rendered, settle
from articles.settle.rendered import waiting
from articles.tests.crawl import ask
from articles.tests.make import NOW, import_drops, make_drop, related_entry
from articles.tests.settle.whole import assert_whole

pytestmark = pytest.mark.django_db
WORDS = "Harbour bridge closes after crane collapse in Northport"


def drops(**first: object) -> dict[str, bytes]:
    """An event of three publishers and one that stands alone."""
    entries = [related_entry(f"https://{name}.example/", title=WORDS) for name in "bc"]
    usual = {"webUrl": "https://a.example/", "title": WORDS, "quality": 90}
    return {
        "a.txt": make_drop(**usual | {"related": entries} | first),
        "b.txt": make_drop(webUrl="https://b.example/", title=f"{WORDS}, mayor says"),
        "c.txt": make_drop(webUrl="https://c.example/", title=f"{WORDS}: two hurt"),
        "alone.txt": make_drop(
            webUrl="https://alone.example/", title="Orchestra names Finnish conductor"
        ),
    }


@pytest.fixture
def site() -> Story:
    import_drops(drops(), now=NOW)
    return Story.objects.get(page_count=3)


def kept() -> str:
    """All that is kept rendered."""
    rows = RenderedStory.objects.values_list("glance", "dense", "card", "shape", "body")
    return "\n".join(text for row in rows for text in row)


def of(host: str) -> Page:
    return Page.objects.get(canonical_url=f"https://{host}.example/")


def test_an_import_leaves_every_listed_story_rendered(site):
    assert waiting() == []
    assert {one.made_by for one in RenderedStory.objects.all()} == {today()}
    assert site.rendered.body and WORDS in site.rendered.card
    assert_whole()


@pytest.mark.parametrize(
    ("path", "most"), [("/", 4), ("/latest/", 4), ("/covered/", 4), ("story", 4)]
)
def test_pages_of_what_is_rendered_ask_little(
    site, client, path, most, django_assert_max_num_queries
):
    address = f"/stories/{site.public_id}/{site.slug}/" if path == "story" else path
    with django_assert_max_num_queries(most):
        assert ask(client, address).status == 200


def test_a_withdrawal_takes_words_from_what_is_kept_at_once(site, client):
    before = ask(client, "/").text
    withdraw(of("c"))
    assert "two hurt" not in kept() + ask(client, "/").text
    assert_whole()
    publish(of("c"))
    assert ask(client, "/").text == before
    assert_whole()


def test_a_story_without_a_lead_is_not_kept(site):
    withdraw(of("alone"))
    assert "Orchestra" not in kept()
    assert RenderedStory.objects.count() == Story.objects.listed().count() == 1


def test_what_takes_long_is_left_to_the_next_settling_and_reads_the_same(
    site, client, monkeypatch
):
    monkeypatch.setattr(rendered, "AT_ONCE", 1)
    withdraw(of("c"))
    assert waiting() == [site.pk]
    address = f"/stories/{site.public_id}/{site.slug}/"
    pages = [ask(client, path).text for path in ("/", "/latest/", address)]
    settle(now=NOW)
    assert waiting() == []
    assert pages == [ask(client, path).text for path in ("/", "/latest/", address)]


@pytest.mark.parametrize(
    ("name", "value"), [("TIME_ZONE", "Asia/Tokyo"), ("IMAGES", "off")]
)
def test_other_settings_show_at_once_and_are_kept_by_the_next_settling(
    site, client, settings, name, value
):
    setattr(settings, name, value)
    assert set(waiting()) == set(Story.objects.values_list("pk", flat=True))
    before = ask(client, "/").text
    assert ("JST" in before) == (name == "TIME_ZONE")
    settle(now=NOW)
    assert waiting() == [] and ("JST" in kept()) == (name == "TIME_ZONE")
    assert ask(client, "/").text == before


def test_a_settling_that_is_stopped_goes_on_with_the_next(site, settings):
    settings.IMAGES = "off"
    asked = iter([False, True, True])
    assert not settle(now=NOW, stop=lambda: next(asked, True)) or not waiting()
    settle(now=NOW)
    assert waiting() == []
    assert_whole()


def test_another_name_of_a_publisher_reaches_what_is_kept(site):
    import_drops(
        drops(provider={"name": "The Harbour Herald", "domain": "a.example"}), now=NOW
    )
    assert "The Harbour Herald" in site.rendered.__class__.objects.get(pk=site.pk).card
    assert_whole()


def test_whatever_a_drop_says_is_kept_as_text(client):
    title = "<script>alert('x')</script> {{ 7777 * 7777 }} {% if %} & \"quoted\""
    import_drops(drops(title=title, excerpt=title), now=NOW)
    rows = RenderedStory.objects.values_list("card", "body")
    page = "".join(text for row in rows for text in row) + ask(client, "/").text
    assert "<script>alert" not in page and "60481729" not in page
    assert "{{ 7777 * 7777 }} {% if %}" in page


def test_a_list_that_readers_cease_to_know_of_is_told_of_no_more():
    """The owner is not listed: it is seen as long as a listed article names it."""
    both = [related_entry(f"https://{name}.example/", title=WORDS) for name in "bc"]
    owner = related_entry("https://owner.example/", title="Orchestra on tour")
    import_drops(
        {
            "names.txt": make_drop(
                webUrl="https://names.example/", title="Tour begins", related=[owner]
            ),
            "owner.txt": make_drop(
                webUrl="https://owner.example/",
                title="Orchestra on tour",
                published=False,
                related=both,
            ),
            "b.txt": make_drop(webUrl="https://b.example/", title=WORDS, quality=90),
            "c.txt": make_drop(webUrl="https://c.example/", title=f"{WORDS}: two hurt"),
        },
        now=NOW,
    )
    assert "together in 1 related list" in kept()
    withdraw(of("names"))
    assert not of("owner").is_visible
    assert "together in 1 related list" not in kept() and waiting() == []
    assert_whole()


def test_an_act_renders_what_is_small_though_something_large_has_to_wait(
    site, monkeypatch
):
    monkeypatch.setattr(rendered, "AT_ONCE", 2)
    alone = Story.objects.get(page_count=1)
    rendered.empty([site, alone])
    rendered.render_few([site.pk, alone.pk])
    assert waiting() == [site.pk]
