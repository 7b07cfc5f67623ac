"""Articles as a table to take away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.http import StreamingHttpResponse
from django.utils.timezone import localdate

from articles.models import Article
from articles.models.bulk import among, chunks
from articles.rules.text.clean import printable
from articles.selectors.desk.article import deciders, standing, title_shown

from .csv_file import csv_answer

HEADER = (
    "Article",
    "Title",
    "Publisher",
    "Domain",
    "Published at",
    "State",
    "Quality",
    "Heat",
    "Type",
    "Link",
    "Source",
    "Imported at",
)


def article_table(pks: Sequence[int]) -> StreamingHttpResponse:
    """These articles in this order, read some at a time as they are sent."""
    return csv_answer(f"articles-{localdate():%Y-%m-%d}.csv", HEADER, _rows(pks))


def _rows(pks: Sequence[int]) -> Iterator[tuple[object, ...]]:
    for some in chunks(pks):
        rows = Article.objects.filter(pk__in=among(some))
        rows = rows.select_related("provider", "page")
        found = {one.pk: one for one in rows}
        by = deciders(found.values())
        for one in (found[pk] for pk in some if pk in found):
            yield (
                one.public_id,
                title_shown(one),
                one.provider_name,
                one.provider.domain,
                one.published_at,
                standing(one, by.get(one.source_name, "")).words,
                one.quality,
                one.heat,
                one.type,
                one.url,
                printable(one.source_name),
                one.imported_at,
            )
