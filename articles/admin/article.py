"""Articles at the desk: what readers get of them, in the list, in bulk and alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME as CHOSEN
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from articles.models import Article
from articles.rules.text.clean import printable
from articles.selectors.desk.article import title_shown
from articles.selectors.desk.articles import NEWEST, Narrowed, narrowed
from articles.selectors.desk.since import Subject, article_subjects

from .article_csv import article_table
from .article_filters import ArticleFilters
from .article_form import ArticleForms
from .article_list import ArticleChangeList
from .article_page import article_page
from .deciding import everything, gone, keys
from .drops import drop_as_it_came
from .forgetting import forget_url
from .listing import MOST_LISTED
from .words import schedule_view, words_view


@admin.register(Article)
class ArticleAdmin(ArticleForms):
    """Only `published` can be changed here, and every change of it is a decision."""

    list_display = (
        "title",
        "published",
        "publisher",
        "published_at",
        "quality",
        "heat",
        "related",
    )
    filters = ArticleFilters
    tabs = (
        ("", "All"),
        ("waiting=editor", "Waiting for an editor"),
        ("waiting=day", "Dated ahead"),
        ("published=1", "Published"),
        ("decision=withdraw", "Withdrawn"),
    )
    search_fields = ("title", "excerpt", "url", "provider__name", "provider__domain")
    ordering = NEWEST
    list_select_related = ("provider", "page")
    beside = ("page",)
    beside_one = ("provider", "page__provider", "page__article", "page__story__lead")
    reads = (
        "source_name",
        "title",
        "url",
        "published",
        "decided",
        "drop_published",
        "drop_removed",
        "published_at",
        "quality",
        "heat",
        "provider__name",
        "provider__domain",
        "page__article",
        "page__title",
        "page__drop_title",
        "page__image_url",
        "page__public_id",
        "page__is_visible",
    )
    actions = (
        "publish_selected",
        "withdraw_selected",
        "publish_with_story",
        "download_selected",
    )
    change_list_template = "admin/articles/article/list.html"

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return ArticleChangeList

    def narrowed(self, wanted: Mapping[str, Any]) -> Narrowed:
        return narrowed(wanted)

    def state_of(self, row: Article) -> str:
        """What readers get, first of all, and what the drop says."""
        said = row.drop_published and not row.drop_removed
        return f"{row.published:d}{said:d}"

    def subjects(self, rows: Sequence[Article]) -> Mapping[int, Subject]:
        return article_subjects(rows)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and self.may_decide(request)

    @admin.display(ordering="provider__name")
    def publisher(self, article: Article) -> str:
        return str(article.provider)

    @admin.display
    def related(self, article: Article) -> str:
        return ""  # counted for all rows of a page at once

    @admin.action(description="Download as CSV", permissions=["view"])
    def download_selected(
        self, request: HttpRequest, queryset: QuerySet[Article]
    ) -> HttpResponseBase:
        """The selected articles as a table; of all that match, the first so many."""
        chosen = queryset
        if not everything(request):
            chosen = queryset.filter(pk__in=keys(request, CHOSEN))
        return article_table(list(chosen.values_list("pk", flat=True)[:MOST_LISTED]))

    def get_urls(self) -> list[URLPattern]:
        show = self.admin_site.admin_view(self.drop_view)
        urls: list[URLPattern] = super().get_urls()
        drop = path("<int:pk>/drop/", show, name="articles_article_drop")
        words, schedule = map(self.admin_site.admin_view, (words_view, schedule_view))
        return [
            drop,
            forget_url(self),
            path("<int:pk>/words/", words, name="articles_article_words"),
            path("<int:pk>/schedule/", schedule, name="articles_article_schedule"),
            *urls,
        ]

    def page_view(self, request: HttpRequest, article: Article | None) -> HttpResponse:
        """One article: what readers get of it, and all that speaks for or against."""
        if not self.has_view_permission(request, article):
            raise PermissionDenied
        if article is None:
            return gone(self.model, request)
        context = {
            **self.admin_site.each_context(request),
            "title": title_shown(article) or article.url,
            "opts": self.opts,
            "may_decide": self.has_change_permission(request, article),
            "on_site": self.view_on_site(article),
            **article_page(article, self.state_of(article)),
        }
        return TemplateResponse(request, "admin/articles/article/article.html", context)

    def drop_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The text of the drop and its versions, without what must not be shown."""
        article = Article.objects.filter(pk=pk).first()
        if not self.has_view_permission(request, article):
            raise PermissionDenied
        if article is None:
            return gone(self.model, request)
        asked = (request.GET.get(name, "") for name in ("version", "against"))
        context = {
            **self.admin_site.each_context(request),
            "title": f"The drop {printable(article.source_name)}",
            "opts": self.opts,
            "article": article,
            "drop": drop_as_it_came(article, *asked),
        }
        return TemplateResponse(request, "admin/articles/article/drop.html", context)

    def view_on_site(self, article: Article) -> str | None:
        if not article.published:
            return None
        return reverse("article", args=[article.public_id, article.slug])

    def in_sum(self, rows: Sequence[Article]) -> str:
        read = sum(row.published for row in rows)
        taken = sum(row.decided is False for row in rows)
        return f"Readers get {read} of them now; withdrawn by editors: {taken}."
