"""A story's address follows its earliest page, whoever speaks for that page."""

from __future__ import annotations

import pytest

from articles.models import Article, Page, Stale, Story
from articles.publishing import withdraw
from articles.settle import settle
from articles.tests.ingest.state import assert_same, site_state
from articles.tests.make import NOW, import_drops, make_drop, related_entry

pytestmark = pytest.mark.django_db
SAME = {"title": "Harbour strike ends in Oslo", "excerpt": "Ships sail again."}


def test_a_decision_by_which_another_twin_speaks_gives_the_story_its_founder():
    named = related_entry(
        "https://b.example/2", **SAME, publishedDateTime="2024-03-01T09:00:00Z"
    )
    url = {"webUrl": "https://a.example/1"}
    early = {**SAME, **url, "publishedDateTime": "2024-03-01T06:00:00Z"}
    late = {**SAME, **url, "publishedDateTime": "2024-03-01T12:00:00Z"}
    import_drops(
        {
            "early.txt": make_drop(**early, related=[named]),
            "late.txt": make_drop(**late, published=False),
        }
    )
    assert founders() == ["https://a.example/1"]
    withdraw(Article.objects.get(source_name="early"))
    assert founders() == ["https://b.example/2"]
    as_settled = site_state()
    Page.objects.update(stale=Stale.CONTENT)
    settle(now=NOW)
    assert_same(as_settled, site_state())


def founders() -> list[str]:
    return list(Story.objects.values_list("founder__canonical_url", flat=True))
