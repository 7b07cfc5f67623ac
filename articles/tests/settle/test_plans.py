"""Deriving asks by indexes: it costs what changes, not what is held."""

from __future__ import annotations

import pytest

from articles.models import Article, ArticleTopic
from articles.settle.home import homes
from articles.settle.names import name_providers, name_topics
from articles.tests.make import (
    NOON,
    import_drops,
    make_article,
    make_drop,
    make_provider,
    make_topic,
)
from articles.tests.plans import of_sqlite, plans_of

pytestmark = pytest.mark.django_db


@of_sqlite
def test_who_claims_an_address_is_found_by_its_index():
    found = plans_of(lambda: homes(["https://a.example/amp", "https://b.example/amp"]))
    assert len(found) == 4  # articles and wordings, AMP and its cached copy
    for plan in found:
        assert "SCAN" not in plan
        assert "amp_key=?" in plan


@of_sqlite
@pytest.mark.parametrize(
    ("name", "make"), [(name_topics, make_topic), (name_providers, make_provider)]
)
def test_the_newest_that_names_a_topic_or_publisher_is_found_without_sorting(
    name, make
):
    row = make("some.example")
    for plan in plans_of(lambda: name([row.pk])):
        assert "SCAN" not in plan
        assert "USE TEMP B-TREE FOR ORDER BY" not in plan


def test_a_label_has_the_time_of_its_article():
    for at in ("2024-03-01T12:00:00Z", "2024-03-05T12:00:00Z"):
        import_drops({"a.txt": make_drop(title="A", publishedDateTime=at)})
        labels = ArticleTopic.objects.values_list("published_at", flat=True)
        assert list(labels) == [Article.objects.get().published_at]


def test_labels_without_a_time_name_a_topic_last():
    make_article(topics=["SHIPPING"])
    make_article(topics=["Shipping"], published_at=NOON)
    ArticleTopic.objects.filter(name="SHIPPING").update(published_at=None)
    topic = make_topic("shipping")
    name_topics([topic.pk])
    topic.refresh_from_db()
    assert topic.name == "Shipping"
