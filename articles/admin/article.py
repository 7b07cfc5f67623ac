"""Articles at the desk: what readers get of them, in the list and in bulk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString

from articles.models import Article, ArticleTopic, Decision, Image
from articles.rules.text.clean import printable
from articles.selectors.desk.since import Subject, article_subjects
from articles.selectors.desk.story import called, desk_page

from .article_filters import DecisionFilter, WaitingFilter
from .article_form import ArticleForms
from .article_list import LIST_LENGTH, ArticleChangeList
from .deciding import gone
from .drops import drop_as_it_came
from .forgetting import forget_url


class TopicInline(admin.TabularInline):
    model = ArticleTopic
    fields = ("topic", "name")
    readonly_fields = fields
    extra = 0
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[ArticleTopic]:
        labels: QuerySet[ArticleTopic] = super().get_queryset(request)
        return labels.select_related("topic")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ImageInline(admin.TabularInline):
    model = Image
    fields = ("url", "width", "height", "title")
    readonly_fields = fields
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Article)
class ArticleAdmin(ArticleForms):
    """Only `published` can be changed here, and every change of it is a decision."""

    list_display = (
        "title",
        "published",
        "drop_says",
        "provider",
        "published_at",
        "quality",
        "heat",
        "related_count",
    )
    list_display_links = ("title",)
    list_editable = ("published",)
    list_filter = (
        WaitingFilter,
        DecisionFilter,
        "published",
        "drop_published",
        "type",
        ("topics", admin.RelatedOnlyFieldListFilter),
        "published_at",
    )
    search_fields = ("title", "excerpt", "url", "provider__name", "provider__domain")
    date_hierarchy = "published_at"
    ordering = ("-published_at", "-pk")
    list_select_related = ("provider",)
    beside = ("page",)
    beside_one = (
        "provider",
        "page__provider",
        "page__story__lead",
        "page__story__founder",
    )
    reads = (
        "title",
        "published",
        "drop_published",
        "drop_removed",
        "published_at",
        "quality",
        "heat",
        "provider__name",
        "provider__domain",
    )
    list_per_page = 50
    actions = ("publish_selected", "publish_with_story", "withdraw_selected")
    inlines = (TopicInline, ImageInline)
    fields = (
        "published",
        "side_by_side",
        "decisions",
        "in_story",
        "as_it_came",
        "title",
        "excerpt",
        "url",
        "provider",
        "published_at",
        "type",
        "quality",
        "heat",
        "source",
        "imported_at",
    )
    readonly_fields = fields[1:]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return ArticleChangeList

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """What a story is called is told to those who may look at stories."""
        told = request.user.has_perm("articles.view_story")
        fields = super().get_fields(request, obj)
        return [one for one in fields if told or one != "in_story"]

    def state_of(self, row: Article) -> str:
        """What readers get, first of all, and what the drop says."""
        return f"{row.published:d}{self.drop_says(row):d}"

    def subjects(self, rows: Sequence[Article]) -> Mapping[int, Subject]:
        return article_subjects(rows)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="related", ordering=LIST_LENGTH)
    def related_count(self, article: Article) -> int:
        return int(getattr(article, "named", 0))

    @admin.display(description="drop says", boolean=True, ordering="drop_published")
    def drop_says(self, article: Article) -> bool:
        return article.drop_published and not article.drop_removed

    @admin.display(description="source name")
    def source(self, article: Article) -> str:
        return printable(article.source_name)

    @admin.display(description="what each says")
    def side_by_side(self, article: Article) -> SafeString:
        page = article.page
        latest = _decisions(article).standing().filter(kind__in=("publish", "withdraw"))
        context = {
            "article": article,
            "waits": article.drop_published and not article.drop_removed,
            "decision": latest.first() if article.decided is not None else None,
            "page": desk_page(page),
            "is_twin": page.article_id != article.pk,
        }
        return render_to_string("admin/articles/article/_side_by_side.html", context)

    @admin.display(description="decisions")
    def decisions(self, article: Article) -> str:
        lines = [
            f"{one.get_kind_display()} by {one.author}, {one.at:%d %B %Y %H:%M} UTC"
            + (f": {one.why}" if one.why else "")
            + (f" (undone by {one.undone_by})" if one.undone_at else "")
            for one in _decisions(article)[:20]
        ]
        return "; ".join(lines) or "none: readers get what the drop says"

    @admin.display(description="story")
    def in_story(self, article: Article) -> SafeString | str:
        story = article.page.story
        if story is None:
            return "none yet"
        context = {"story": story, "title": called(story)}
        return render_to_string("admin/articles/article/_story.html", context)

    @admin.display(description="drop")
    def as_it_came(self, article: Article) -> SafeString:
        context = {"article": article}
        return render_to_string("admin/articles/article/_drop.html", context)

    def get_urls(self) -> list[URLPattern]:
        show = self.admin_site.admin_view(self.drop_view)
        urls: list[URLPattern] = super().get_urls()
        drop = path("<int:pk>/drop/", show, name="articles_article_drop")
        return [drop, forget_url(self), *urls]

    def drop_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The text of the drop and its versions, without what must not be shown."""
        article = Article.objects.filter(pk=pk).first()
        if not self.has_view_permission(request, article):
            raise PermissionDenied
        if article is None:
            return gone(self, request)
        context = {
            **self.admin_site.each_context(request),
            "title": f"The drop {printable(article.source_name)}",
            "opts": self.opts,
            "article": article,
            "drop": drop_as_it_came(article, request.GET.get("version", "")),
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

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and self.may_decide(request)


def _decisions(article: Article) -> Any:
    """All decisions on an article or its page, newest first."""
    on_page = Q(source_name="", canonical_url=article.page.canonical_url)
    own = Q(source_name=article.source_name)
    return Decision.objects.filter(own | on_page).order_by("-at", "-pk")
