"""Names remembers the rows that drops share, and makes those that there are not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from articles.drops.drop import Drop
from articles.drops.reading import read_drop
from articles.ingest.storing import names as module
from articles.ingest.storing.names import Names
from articles.models import Article, Image, Page, Provider, RelatedLink, Topic
from articles.tests.make import make_article, make_drop, make_page, related_entry

pytestmark = pytest.mark.django_db
OTHER = {"name": "Other", "domain": "other.example"}
OWN, LISTED, CLAIMED = (f"https://press.example/{name}" for name in ("own", "l", "amp"))


def drop(**given: Any) -> Drop:
    read = read_drop(make_drop(**{"webUrl": OWN} | given)).drop
    assert read is not None
    return read


def listing(**given: Any) -> Drop:
    """A drop whose list has one entry."""
    return drop(related=[related_entry(LISTED, **given)])


def counts() -> list[int]:
    return [model.objects.count() for model in (Page, Provider, Topic, RelatedLink)]


def test_all_that_a_drop_names_has_a_row_afterwards():
    one = drop(
        topics=["C\u2b4d", "Ships"],
        related=[
            related_entry(
                LISTED, images=[{"url": "https://i.example/1.png"}], quality=7
            )
        ],
    )
    names = Names()
    assert names.learn([one]) == {}
    [entry] = one.related
    assert Page.objects.get(canonical_url=OWN).pk == names.page(OWN)
    link = RelatedLink.objects.select_related("page", "provider").get()
    assert names.link(entry) == (link.pk, link.page_id)
    assert (bytes(link.digest), link.title, link.quality) == (
        entry.digest,
        entry.title,
        7,
    )
    assert link.page.canonical_url == LISTED
    assert link.provider.pk == names.provider("elsewhere.example")
    assert Image.objects.get().related_link == link
    held = {row.name: (row.pk, row.slug) for row in Topic.objects.all()}
    assert {name: names.topic(name) for name in held} == {
        name: pk for name, (pk, _) in held.items()
    }
    assert held["Ships"][1] == "ships"
    assert names.topic("SHIPS") == names.topic("Ships")
    provider = Provider.objects.get(domain="example.com")
    assert (names.provider("example.com"), provider.name) == (provider.pk, "Example")


def test_what_is_remembered_is_not_asked_for_again(django_assert_num_queries):
    one = listing()
    names = Names()
    names.learn([one])
    before = counts()
    with django_assert_num_queries(0):
        assert names.learn([one]) == {}
    assert counts() == before


def test_what_is_there_is_found_and_made_once():
    one = listing()
    first, second = Names(), Names()
    first.learn([one])
    before = counts()
    second.learn([one])
    assert counts() == before == [2, 2, 1, 1]
    assert second.link(one.related[0]) == first.link(one.related[0])
    assert second.page(OWN) == first.page(OWN)
    assert second.topic("Shipping") == first.topic("Shipping")
    assert second.provider("example.com") == first.provider("example.com")


def test_known_and_new_ones_come_together():
    names = Names()
    names.learn([drop(topics=["Ships"])])
    both = drop(
        topics=["Ships", "Harbours"],
        related=[related_entry(LISTED), related_entry(LISTED, title="Other words")],
    )
    Names().learn([drop(topics=["Harbours"])])
    fresh = Names()
    for one in (names, fresh):
        one.learn([both])
        assert len({one.topic("Ships"), one.topic("Harbours")}) == 2
        links = [one.link(entry) for entry in both.related]
        assert (
            len({pk for pk, _ in links}) == 2 and len({page for _, page in links}) == 1
        )
    assert counts() == [2, 2, 2, 2]


def test_of_spellings_of_one_topic_the_last_in_order_makes_its_row():
    spellings = ["ships", "Ships", "SHIPS", "sHips", "shIps", "shiPs", "shipS", "SHips"]
    Names().learn([drop(topics=[name]) for name in spellings])
    Names().learn([drop(topics=["SHIPs"])])
    assert Topic.objects.get().name == "ships"


def test_an_address_that_a_page_claims_is_that_page():
    home = make_article(url="https://press.example/home", amp_key=CLAIMED)
    names = Names()
    names.learn([drop(webUrl=CLAIMED), drop(related=[related_entry(CLAIMED)])])
    assert names.page(CLAIMED) == home.page_id
    assert RelatedLink.objects.get().page == home.page
    assert not Page.objects.filter(canonical_url=CLAIMED).exists()
    assert names.page(OWN) == Page.objects.get(canonical_url=OWN).pk


def test_what_was_forgotten_is_asked_for_again():
    names = Names()
    one = listing()
    names.learn([one])
    RelatedLink.objects.all().delete()
    Topic.objects.all().delete()
    Page.objects.all().delete()
    Provider.objects.all().delete()
    make_page("https://another.example/")
    names.forget()
    for ask in (
        lambda: names.page(OWN),
        lambda: names.provider("example.com"),
        lambda: names.topic("Shipping"),
        lambda: names.link(one.related[0]),
    ):
        with pytest.raises(KeyError):
            ask()
    names.learn([one])
    assert Page.objects.get(canonical_url=OWN).pk == names.page(OWN)
    assert RelatedLink.objects.get().pk == names.link(one.related[0])[0]


def test_the_oldest_are_dropped_but_none_of_a_batch(monkeypatch):
    monkeypatch.setattr(module, "REMEMBERED", 2)
    urls = [f"https://press.example/{n}" for n in range(5)]
    names = Names()
    names.learn([drop(webUrl=url) for url in urls])
    assert [names.page(url) for url in urls] == list(
        Page.objects.order_by("pk").values_list("pk", flat=True)
    )
    names.learn([])
    held = [url for url in urls if _remembers(names, url)]
    assert held == sorted(urls)[-2:]
    for _ in range(2):
        names.learn([])
    assert [url for url in urls if _remembers(names, url)] == held


def _remembers(names: Names, url: str) -> bool:
    try:
        names.page(url)
    except KeyError:
        return False
    return True


@pytest.fixture
def reworded() -> Drop:
    """A drop whose wording is held as other rules read it, and another wording."""
    one = drop(related=[related_entry(LISTED, title="Today"), related_entry(OWN)])
    Names().learn([one])
    mine = bytes(one.related[0].digest)
    RelatedLink.objects.filter(digest=mine).update(title="Formerly", quality=1)
    return one


def titles() -> set[str]:
    return set(RelatedLink.objects.values_list("title", flat=True))


def test_rows_are_not_compared_while_all_drops_are_read_by_todays_rules(reworded):
    assert Names().learn([reworded]) == {}
    assert "Formerly" in titles()


def test_with_compare_a_held_wording_says_what_todays_rules_make_of_it(reworded):
    names = Names(compare=True)
    link = RelatedLink.objects.get(title="Formerly")
    assert names.learn([reworded]) == {link.pk: link.page_id}
    link.refresh_from_db()
    assert (link.title, link.quality) == ("Today", 20)
    assert "Formerly" not in titles()
    assert names.link(reworded.related[0]) == (link.pk, link.page_id)
    assert Names(compare=True).learn([reworded]) == {}


def test_so_it_does_while_some_drop_is_due_to_be_read_again(reworded):
    make_article()
    Article.objects.update(reading_version=0)
    assert len(Names().learn([reworded])) == 1
    assert "Formerly" not in titles()


def test_whether_some_are_due_is_asked_once(reworded, django_assert_num_queries):
    names = Names()
    names.learn([reworded])
    make_article()
    Article.objects.update(reading_version=0)
    names.forget()
    assert names.learn([reworded]) == {}


def test_wordings_of_one_entry_in_two_drops_are_one():
    one = listing(title="Same")
    two = replace(one, canonical_url="https://press.example/2")
    Names().learn([one, two])
    assert RelatedLink.objects.count() == 1


def test_only_what_drops_name_is_remembered():
    """Else a small import into a large site would hold all of that in memory."""
    Names().learn([drop(webUrl=LISTED, topics=["Ships"], provider=OTHER)])
    names = Names()
    names.learn([drop(topics=["Harbours"])])
    for ask in (
        lambda: names.page(LISTED),
        lambda: names.provider("other.example"),
        lambda: names.topic("Ships"),
    ):
        with pytest.raises(KeyError):
            ask()
