"""Articles at the desk: what readers get of them, in the list and in bulk."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.urls import reverse

from articles.models import Article, ArticleTopic, Decision, Image
from articles.publishing import publish, withdraw


class TopicInline(admin.TabularInline):
    model = ArticleTopic
    fields = ("topic", "name")
    readonly_fields = fields
    extra = 0
    can_delete = False

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
class ArticleAdmin(admin.ModelAdmin):
    """Only `published` can be changed here, and every change of it is a decision."""

    list_display = (
        "title",
        "provider",
        "published_at",
        "quality",
        "heat",
        "related_count",
        "drop_says",
        "published",
    )
    list_display_links = ("title",)
    list_editable = ("published",)
    list_filter = (
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
    list_per_page = 50
    show_full_result_count = False
    actions = ("publish_selected", "withdraw_selected")
    inlines = (TopicInline, ImageInline)
    fields = (
        "published",
        "drop_says",
        "decisions",
        "title",
        "excerpt",
        "url",
        "provider",
        "published_at",
        "type",
        "quality",
        "heat",
        "source_name",
        "imported_at",
    )
    readonly_fields = fields[1:]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        articles: QuerySet[Article] = super().get_queryset(request)
        return articles.annotate(named=Count("mentions"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="related", ordering="named")
    def related_count(self, article: Article) -> int:
        return int(getattr(article, "named", 0))

    @admin.display(description="drop says", boolean=True, ordering="drop_published")
    def drop_says(self, article: Article) -> bool:
        return article.drop_published and not article.drop_removed

    @admin.display(description="decisions")
    def decisions(self, article: Article) -> str:
        made = Decision.objects.filter(source_name=article.source_name).order_by(
            "-at", "-pk"
        )
        lines = [
            f"{one.kind} by {one.author}, {one.at:%d %B %Y %H:%M} UTC"
            + (f": {one.why}" if one.why else "")
            for one in made[:20]
        ]
        return "; ".join(lines) or "none: readers get what the drop says"

    def save_model(
        self, request: HttpRequest, obj: Article, form: ModelForm, change: bool
    ) -> None:
        if "published" not in form.changed_data:
            return
        decide = publish if obj.published else withdraw
        decide(obj, by=request.user, why="at the desk")

    def view_on_site(self, article: Article) -> str | None:
        if not article.published:
            return None
        return reverse("article", args=[article.public_id, article.slug])

    @admin.action(description="Publish", permissions=["publish"])
    def publish_selected(
        self, request: HttpRequest, queryset: QuerySet[Article]
    ) -> None:
        made = publish(
            queryset.select_related("page"), by=request.user, why="at the desk"
        )
        self._say(request, f"{made} published.")

    @admin.action(description="Withdraw", permissions=["publish"])
    def withdraw_selected(
        self, request: HttpRequest, queryset: QuerySet[Article]
    ) -> None:
        made = withdraw(
            queryset.select_related("page"), by=request.user, why="at the desk"
        )
        self._say(request, f"{made} withdrawn.")

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("articles.can_publish")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and (
            self.has_publish_permission(request)
        )

    def _say(self, request: HttpRequest, text: str) -> None:
        self.message_user(request, text, messages.SUCCESS)
