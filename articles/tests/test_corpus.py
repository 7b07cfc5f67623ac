"""The real corpus: every drop is accepted, and stories are what people call one event."""

from __future__ import annotations

import pytest
from django.db.models import Sum
from django.db.models.functions import Length

from articles.models import DropVersion, Piece
from articles.tests.labels import exported, rows, score
from articles.tests.make import import_folder

pytestmark = pytest.mark.django_db


def test_every_real_drop_is_accepted(corpus_site, corpus_drops):
    report = corpus_site
    assert (report.created, report.rejected) == (3344, 0), report.problems[:3]
    assert report.listed > 400
    again = import_folder(corpus_drops)
    assert (again.unchanged, again.created, again.updated) == (3344, 0, 0)


def test_stories_agree_with_their_labels(corpus_site, corpus, tmp_path):
    found = score(rows(corpus / "story-gold-dev.jsonl"), exported(), tmp_path)
    assert found["bcubed_f1"] >= 0.95
    assert found["multi_bcubed_f1"] >= 0.915
    assert found["pairwise_f1"] >= 0.80


def test_stored_bytes_take_an_eighth_of_their_size(corpus_site):
    pieces = Piece.objects.aggregate(sum=Sum(Length("data")))["sum"]
    held = DropVersion.objects.aggregate(size=Sum("size"), lists=Sum(Length("pieces")))
    assert (pieces + held["lists"]) / held["size"] < 0.12
