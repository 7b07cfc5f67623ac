"""The list of articles, with how many pages each of them names."""

from __future__ import annotations

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest

from articles.models import Mention

from .deciding import ShownChangeList

# Counted for the order alone; the rows shown are counted together.
LIST_LENGTH = Coalesce(
    Subquery(
        Mention.objects.filter(article=OuterRef("pk"))
        .order_by()
        .values("article")
        .annotate(named=Count("pk"))
        .values("named"),
        output_field=IntegerField(),
    ),
    0,
)


class ArticleChangeList(ShownChangeList):
    """The list of articles, with how many pages each names."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        shown = [article.pk for article in self.result_list]
        counted = Mention.objects.filter(article__in=shown).values_list("article")
        named = dict(counted.annotate(named=Count("pk")).order_by())
        for article in self.result_list:
            article.named = named.get(article.pk, 0)
