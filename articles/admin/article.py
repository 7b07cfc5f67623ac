"""Articles at the desk: what readers get of them, in the list and in bulk."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString

from articles.models import Article, ArticleTopic, Decision, Image, Page
from articles.models.writing import writing
from articles.publishing import publish, withdraw
from articles.selectors.desk.story import called, desk_page

from .article_filters import DecisionFilter, WaitingFilter
from .deciding import DecidingAdmin, gone, note, why
from .drops import drop_as_it_came


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
class ArticleAdmin(DecidingAdmin):
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

    @admin.display(description="who says what")
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
            + (f" (taken back by {one.undone_by})" if one.undone_at else "")
            for one in _decisions(article)[:20]
        ]
        return "; ".join(lines) or "none: readers get what the drop says"

    @admin.display(description="story")
    def in_story(self, article: Article) -> SafeString | str:
        story = article.page.story
        if story is None:
            return "in none yet"
        context = {"story": story, "title": called(story)}
        return render_to_string("admin/articles/article/_story.html", context)

    @admin.display(description="the drop as it came")
    def as_it_came(self, article: Article) -> SafeString:
        context = {"article": article}
        return render_to_string("admin/articles/article/_drop.html", context)

    def get_urls(self) -> list[URLPattern]:
        show = self.admin_site.admin_view(self.drop_view)
        urls: list[URLPattern] = super().get_urls()
        return [path("<int:pk>/drop/", show, name="articles_article_drop"), *urls]

    def drop_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The text of the drop and its versions, without what must not be shown."""
        article = Article.objects.filter(pk=pk).first()
        if not self.has_view_permission(request, article):
            raise PermissionDenied
        if article is None:
            return gone(self, request)
        context = {
            **self.admin_site.each_context(request),
            "title": f"The drop {article.source_name}",
            "opts": self.opts,
            "article": article,
            "drop": drop_as_it_came(article, request.GET.get("version", "")),
        }
        return TemplateResponse(request, "admin/articles/article/drop.html", context)

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
    ) -> TemplateResponse | None:
        return self._decide(request, queryset, "Publish", "published")

    @admin.action(description="Withdraw", permissions=["publish"])
    def withdraw_selected(
        self, request: HttpRequest, queryset: QuerySet[Article]
    ) -> TemplateResponse | None:
        return self._decide(request, queryset, "Withdraw", "withdrawn")

    @admin.action(description="Publish with its story", permissions=["publish"])
    def publish_with_story(
        self, request: HttpRequest, queryset: QuerySet[Article]
    ) -> TemplateResponse | None:
        """All articles of the stories, but those that somebody withdrew."""
        stories = Page.objects.filter(twins__in=queryset.values("pk")).values("story")
        mates = Q(page__story__in=stories, page__is_withdrawn=False)
        chosen = Article.objects.filter(mates | Q(pk__in=queryset.values("pk")))
        return self._decide(request, chosen, "Publish", "published")

    def _decide(
        self, request: HttpRequest, chosen: QuerySet[Article], doing: str, done: str
    ) -> TemplateResponse | None:
        if asked := self.asked_again(request, chosen, doing):
            return asked
        act = publish if done == "published" else withdraw
        with writing():
            articles = list(chosen.select_related("page"))
            made = act(articles, by=request.user, why=why(request))
            note(request, articles, done)
        self.message_user(request, f"{made} {done}.", messages.SUCCESS)
        return None

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and self.may_decide(request)


def _decisions(article: Article) -> Any:
    """All decisions on an article or its page, newest first."""
    on_page = Q(source_name="", canonical_url=article.page.canonical_url)
    own = Q(source_name=article.source_name)
    return Decision.objects.filter(own | on_page).order_by("-at", "-pk")
