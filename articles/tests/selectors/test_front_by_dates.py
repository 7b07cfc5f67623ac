"""The front page as of dates spread over the real corpus."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from articles.tests.make import import_drops

from .test_front_of_corpus import assert_the_news_comes_first, overlap

DATES = 20
PUBLISHED = re.compile(rb'^publishedDateTime:\s*"?(\d{4}-[-0-9T:]+)', re.MULTILINE)


@pytest.mark.nightly
@pytest.mark.django_db
def test_the_news_comes_first_on_twenty_dates(corpus_drops: Path, client):
    dated = []
    for file in corpus_drops.iterdir():
        raw = file.read_bytes()
        at = PUBLISHED.search(raw)
        dated.append((at[1] if at else b"", file.name, raw))
    dated.sort()
    overlaps = []
    for date in range(DATES):
        some = dated[date * len(dated) // DATES : (date + 1) * len(dated) // DATES]
        import_drops({name: raw for _, name, raw in some}, publish=True)
        assert_the_news_comes_first(client)
        overlaps.append(overlap(client))
    # Where the site is days old, or twenty shared stories began within a week, most of
    # them are both top and latest.
    assert sorted(overlaps)[: DATES - 2] == [
        *filter(lambda n: n <= 10, sorted(overlaps))
    ]
