"""What imports lead to: which page is whose, and what stays when drops change."""

from __future__ import annotations

import itertools

import pytest
from django.db import transaction
from django.test import Client

from articles.ingest.finding.sources import from_bytes
from articles.ingest.run import Options, run_import
from articles.models import Article, LinkedPage, Page, Story
from articles.publishing import publish, withdraw
from articles.tests.crawl import crawl
from articles.tests.make import NOW, import_drops, make_drop, related_entry

HOME = "https://gazette.example/home"
OTHER = "https://islander.example/other"


def everything(client: Client) -> dict[str, bytes]:
    found = crawl(client)
    return {a: answer.content for a, answer in found.items() if "/static/" not in a}


def test_a_drop_takes_over_the_page_that_a_list_named(db, client):
    import_drops(
        {
            "a.txt": make_drop(
                webUrl=HOME, related=[related_entry(OTHER, title="What the list says")]
            )
        }
    )
    [linked] = LinkedPage.objects.all()
    assert any(
        b"What the list says" in content for content in everything(client).values()
    )
    import_drops({"b.txt": make_drop(webUrl=OTHER, title="What the drop says")})
    taken = Page.objects.get(canonical_url=OTHER)
    article = Article.objects.get(source_name="b")
    assert (taken.pk, taken.article, taken.public_id) == (
        linked.pk,
        article,
        article.public_id,
    )
    assert (Page.objects.count(), LinkedPage.objects.count()) == (2, 0)
    contents = everything(client)
    assert not any(b"What the list says" in content for content in contents.values())
    for kind in ("articles", "stories"):
        moved = client.get(f"/{kind}/{linked.public_id}/", follow=True)
        assert moved.status_code == 200
        assert b"What the drop says" in moved.content
        assert linked.public_id not in moved.redirect_chain[-1][0]


def test_either_order_of_a_drop_and_the_list_that_names_it_gives_the_same_site(
    db, client
):
    drops = {
        "a.txt": make_drop(
            webUrl=HOME, title="A", related=[related_entry(OTHER, title="List")]
        ),
        "b.txt": make_drop(webUrl=OTHER, title="B"),
        "c.txt": make_drop(
            webUrl=OTHER, title="C", publishedDateTime="2024-03-01T15:00:00Z"
        ),
    }
    sites = []
    for order in itertools.permutations(drops):
        with transaction.atomic():
            for name in order:
                import_drops({name: drops[name]})
                import_drops({name: drops[name]})
            sites.append(everything(client))
            transaction.set_rollback(True)
    assert len(sites[0]) > 10
    assert all(site == sites[0] for site in sites)


def test_a_file_whose_url_changes_keeps_its_article(db, client):
    import_drops({"a.txt": make_drop(webUrl=HOME, title="First words")})
    before = Article.objects.get()
    story = Story.objects.get().public_id
    import_drops({"a.txt": make_drop(webUrl=OTHER, title="Later words")})
    after = Article.objects.get()
    assert (after.pk, after.public_id) == (before.pk, before.public_id)
    assert [page.canonical_url for page in Page.objects.all()] == [OTHER]
    for address in (f"/articles/{before.public_id}/", f"/stories/{story}/"):
        answer = client.get(address, follow=True)
        assert (address, answer.status_code) == (address, 200)
        assert b"Later words" in answer.content
    import_drops({"a.txt": make_drop(webUrl=HOME, title="First words")})
    assert Article.objects.get().page.canonical_url == HOME


def test_an_exchange_of_urls_between_two_files_moves_nothing_else(db):
    one, two = make_drop(webUrl=HOME, title="One"), make_drop(webUrl=OTHER, title="Two")
    import_drops({"a.txt": one, "b.txt": two})
    ids = dict(Article.objects.values_list("source_name", "public_id"))
    import_drops({"a.txt": two, "b.txt": one})
    assert dict(Article.objects.values_list("source_name", "page__canonical_url")) == {
        "a": OTHER,
        "b": HOME,
    }
    assert dict(Article.objects.values_list("source_name", "public_id")) == ids
    assert {page.article.page_id == page.pk for page in Page.objects.all()} == {True}


def test_readers_see_one_of_twins_and_the_other_steps_in(db, client):
    twins = {
        "a.txt": make_drop(
            webUrl=HOME, title="Earlier twin", publishedDateTime="2024-03-01T08:00:00Z"
        ),
        "b.txt": make_drop(webUrl=f"{HOME}?utm_source=x", title="Later twin"),
    }
    report = import_drops(twins)
    assert (report.articles, report.listed, Story.objects.count()) == (2, 1, 1)
    assert b"Later twin" in client.get("/").content
    assert b"Earlier twin" not in client.get("/").content
    import_drops(
        {"b.txt": twins["b.txt"].replace(b"published: true", b"published: false")}
    )
    assert b"Earlier twin" in client.get("/").content
    later = Article.objects.get(source_name="b")
    assert (
        b"Earlier twin"
        in client.get(f"/articles/{later.public_id}/", follow=True).content
    )


def test_a_rejected_drop_leaves_its_earlier_version_and_the_others_alone(db):
    import_drops({"a.txt": make_drop(title="Stands")})
    report = import_drops(
        {
            "a.txt": make_drop(title=None),
            "b.txt": make_drop(topics=["New"]),
            "c.txt": b"no drop",
        }
    )
    assert (report.created, report.rejected, report.exit_code) == (1, 2, 1)
    assert set(Article.objects.values_list("source_name", "title")) >= {("a", "Stands")}
    assert Article.objects.count() == 2


def test_a_file_that_is_missing_from_a_later_import_changes_nothing(db, client):
    import_drops({"a.txt": make_drop(), "b.txt": make_drop()})
    before = everything(client)
    assert import_drops({}).files == 0
    assert everything(client) == before


def test_a_change_that_no_reader_sees_moves_no_answer(db, client):
    drop = make_drop(related=[related_entry(OTHER)])
    import_drops({"a.txt": drop})
    before = everything(client)
    report = import_drops({"a.txt": drop.replace(b"TUVSTUFJ", b"TVVUQVRJ")})
    assert report.updated == 1
    assert everything(client) == before


def test_decisions_follow_the_source_through_changes_of_url(db, client):
    import_drops({"a.txt": make_drop(webUrl=HOME, title="Taken away")})
    withdraw(Article.objects.get())
    import_drops({"a.txt": make_drop(webUrl=OTHER, title="Taken away")}, publish=True)
    assert not Article.objects.get().published
    publish(Article.objects.get())
    import_drops({"a.txt": make_drop(webUrl=HOME, title="Taken away", published=False)})
    assert b"Taken away" in client.get("/").content


def test_a_drop_inherits_the_decision_on_the_page_it_takes_over(db):
    import_drops({"a.txt": make_drop(webUrl=HOME, related=[related_entry(OTHER)])})
    withdraw(Page.objects.get(canonical_url=OTHER))
    report = import_drops({"b.txt": make_drop(webUrl=OTHER)}, publish=True)
    assert (report.articles, report.listed) == (2, 1)


def test_where_lists_disagree_the_newest_drop_speaks(db):
    lists = {
        name: make_drop(
            publishedDateTime=f"2024-03-0{day}T12:00:00Z",
            related=[related_entry(OTHER, title=f"Said on day {day}")],
        )
        for name, day in (("a.txt", 1), ("b.txt", 3), ("c.txt", 2))
    }
    for order in itertools.permutations(lists):
        import_drops({name: lists[name] for name in order})
        assert Page.objects.get(canonical_url=OTHER).title == "Said on day 3"


def test_an_interrupted_run_is_told_and_the_next_one_finishes_it(db):
    drops = {f"{number}.txt": make_drop() for number in range(3)}
    sources = [from_bytes(raw, name=name) for name, raw in drops.items()]
    report = run_import(sources, Options(stop=lambda: True), now=NOW)
    assert (report.created, report.exit_code) == (0, 130)
    assert import_drops(drops).created == 3


@pytest.mark.parametrize(
    ("published", "removed", "listed"),
    [(True, False, 1), (True, True, 0), (False, False, 0)],
)
def test_what_the_drop_says_counts_where_no_editor_decided(
    db, published, removed, listed
):
    assert (
        import_drops({"a.txt": make_drop(published=published, removed=removed)}).listed
        == listed
    )


def test_a_drop_dated_ahead_waits_until_its_day(db):
    ahead = make_drop(publishedDateTime="2024-04-08T00:00:00Z")
    assert import_drops({"a.txt": ahead}).listed == 0
    assert import_drops({}, now=NOW.replace(day=8)).listed == 1
