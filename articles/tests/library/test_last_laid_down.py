"""A settling under way learns that stories were cut or joined, and of nothing else."""

from __future__ import annotations

import pytest

from articles.library.decisions import last_laid_down
from articles.models import Article, Story
from articles.publishing import merge, publish, undo, withdraw
from articles.tests.make import import_drops, make_drop

pytestmark = pytest.mark.django_db


def test_it_is_another_one_after_a_merge_and_after_its_undoing():
    import_drops({"a.txt": make_drop(), "b.txt": make_drop()}, publish=True)
    before = last_laid_down()
    article = Article.objects.get(source_name="a")
    withdraw(article)
    publish(article)
    assert last_laid_down() == before
    act = merge(Story.objects.all())
    merged = last_laid_down()
    assert merged != before
    undo(act)
    assert last_laid_down() not in (before, merged)
