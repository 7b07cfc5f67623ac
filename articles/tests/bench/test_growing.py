"""Big sites for measuring are what really importing and settling would have left."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection

from articles.models import Article, Page, RenderedStory, SearchEntry, Story, Totals
from articles.search import newest_hits, parse, reindex
from articles.settle import mark_all, settle
from articles.settle.recount import recount
from articles.tests.make import import_folder
from bench import growing
from bench.corpus_shape import LONGEST_LIST
from bench.make_drops import make_drops

DROPS, COPIES, DAYS = 80, 10, 42
NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def big_site(db, tmp_path: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("big sites are made on SQLite alone")
    make_drops(tmp_path, DROPS)
    import_folder(tmp_path, publish=True)
    growing.multiply(connection.connection, COPIES, days=DAYS)
    recount(mend=True)
    settle(now=NOW)


def rows(*, but: tuple[str, ...]) -> dict[str, list[tuple[object, ...]]]:
    """What each table holds, save some columns."""
    found = {}
    for model in growing._models(connection.connection):
        fields = [
            f.attname for f in model._meta.concrete_fields if f.attname not in but
        ]
        found[model.__name__] = sorted(map(repr, model.objects.values_list(*fields)))
    return found


def test_settling_a_big_site_again_changes_nothing(big_site):
    but = ("id", "stale", "score")
    before = rows(but=but)
    scores = dict(Story.objects.values_list("public_id", "score"))
    mark_all()
    settle(now=NOW)
    after = rows(but=but)
    assert {name: len(held) for name, held in after.items()} == {
        name: len(held) for name, held in before.items()
    }
    for name, held in after.items():
        assert held == before[name], name
    for public_id, score in Story.objects.values_list("public_id", "score"):
        assert score == pytest.approx(scores[public_id])


def test_the_counts_of_a_big_site_are_right_and_its_stories_rendered(big_site):
    assert recount(mend=False) == 0
    assert Totals.read()[0] == Story.objects.listed().count()
    assert RenderedStory.objects.count() == Story.objects.listed().count()
    assert not RenderedStory.objects.filter(shape="").exists()


def test_a_big_site_is_held_by_search_as_if_it_had_been_indexed(big_site):
    query = "SELECT title, excerpt, provider, compounds FROM articles_searchtext"
    with connection.cursor() as cursor:
        before = sorted(cursor.execute(query).fetchall())
        digests = dict(SearchEntry.objects.values_list("page", "digest"))
        reindex()
        assert sorted(cursor.execute(query).fetchall()) == before
    assert dict(SearchEntry.objects.values_list("page", "digest")) == digests
    assert (
        len(newest_hits(parse("the"), Page.objects.visible(), most=9999).found) > COPIES
    )


def test_each_copy_has_its_own_articles_and_some_publishers(big_site):
    assert Article.objects.listed().count() == DROPS * COPIES
    assert Article.objects.values("title").distinct().count() == DROPS * COPIES
    domains = Page.objects.order_by("pk").values_list("provider__domain", flat=True)
    first, every = set(domains[:DROPS]), set(domains)
    assert len(first) < len(every) < COPIES * len(first)


def test_a_table_that_nobody_described_is_refused(db, monkeypatch):
    some = {name: told for name, told in growing.COPIED.items() if name != "Image"}
    monkeypatch.setattr(growing, "COPIED", some)
    with pytest.raises(growing.NotDescribed, match="Image"):
        growing.multiply(connection.connection, 2, days=DAYS)


def test_a_text_that_nobody_described_is_refused(db, monkeypatch):
    monkeypatch.setattr(growing, "COPIED", growing.COPIED | {"Image": {}})
    with pytest.raises(growing.NotDescribed, match=r"Image\.url"):
        growing.multiply(connection.connection, 2, days=DAYS)


def test_drops_are_made_again_byte_for_byte(tmp_path: Path):
    for name in ("one", "two"):
        make_drops(tmp_path / name, 300, seed=7)
    one, two = (
        {file.name: file.read_bytes() for file in (tmp_path / name).iterdir()}
        for name in ("one", "two")
    )
    assert one == two
    assert len(one) == 300


def test_made_drops_name_each_other_as_often_as_real_ones(tmp_path: Path):
    make_drops(tmp_path, 3000)
    drops = [file.read_text() for file in tmp_path.iterdir()]
    lists = [drop.count("\n  - title:") for drop in drops]
    assert 25 < sum(lists) / len(lists) < 60
    assert max(lists) <= LONGEST_LIST
    assert 0.1 < sum(not one for one in lists) / len(lists) < 0.3
    titles = [drop.split("\n", 3)[2] for drop in drops]
    assert len(set(titles)) == len(titles)
