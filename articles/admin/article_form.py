"""What decides on articles: the list with its boxes, the form of one, whole stories."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from articles.models import Article, Decision
from articles.models.bulk import chunks
from articles.models.writing import writing

from .bounds import is_sure, refuse_odd_keys
from .deciding import gone
from .posted import Posted, changed, posted_list, without
from .readers import ReadersAdmin
from .shown import shown_rows


class ArticleForms(ReadersAdmin):
    """Saves what an editor changed; Django's own saving would write whole rows."""

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if request.method == "POST" and "_save" in request.POST:
            refuse_odd_keys(request.POST)
            self.save_posted(request, posted_list(request.POST))
            return redirect(request.get_full_path())
        return super().changelist_view(request, extra_context)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        article = self.get_object(request, unquote(object_id or ""))
        if request.method != "POST":
            return self.page_view(request, article)
        if article is None:
            return gone(self.model, request)
        published = {article.pk: "published" in request.POST}
        self.save_posted(request, Posted(published, frozenset()))
        return self.after_saving(request)

    def page_view(self, request: HttpRequest, article: Any) -> HttpResponse:
        """The page of one article, None where there is none."""
        raise NotImplementedError

    def save_posted(self, request: HttpRequest, posted: Posted) -> None:
        """Decide on the rows that the editor changed, but for those refused."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        with writing():
            shown = without(shown_rows(request.POST), posted.contradicted)
            found = self.rows(posted.published)
            wanted = changed(posted, shown, found)
            refused = self.refusals(wanted, found, shown)
            self.say_refused(request, refused, found)
            rows = [found[pk] for pk in wanted if pk not in refused]
            for kind in (Decision.Kind.PUBLISH, Decision.Kind.WITHDRAW):
                asked = kind == Decision.Kind.PUBLISH
                self.decide(
                    request,
                    kind,
                    [row for row in rows if posted.published[row.pk] == asked],
                )
        if not wanted:
            self.message_user(request, "You changed nothing: nothing was decided.")

    def after_saving(self, request: HttpRequest) -> HttpResponseRedirect:
        """On to the form again, or to the list with the filters it had."""
        if "_continue" in request.POST:
            return redirect(request.get_full_path())
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"
        filters: dict[str, Any] = {
            "preserved_filters": self.get_preserved_filters(request),
            "opts": self.opts,
        }
        return redirect(add_preserved_filters(filters, reverse(name)))

    @admin.action(description="Publish with its story", permissions=["publish"])
    def publish_with_story(
        self, request: HttpRequest, queryset: QuerySet[Article]
    ) -> TemplateResponse | None:
        """All articles of the stories, but those that somebody withdrew."""
        selected = self.chosen(request, queryset)
        mates = self._mates(selected)
        if is_sure(request):
            shown = shown_rows(request.POST)
            refused = self.refusals(mates, mates, shown)
            mates = {pk: row for pk, row in mates.items() if pk not in refused}
        rows = [*selected, *mates.values()]
        if asked := self.asked_again(request, rows, "Publish", selected=selected):
            return asked
        self.decide(request, Decision.Kind.PUBLISH, rows)
        return None

    def _mates(self, articles: Iterable[Article]) -> dict[int, Article]:
        """The other articles of their stories, without what somebody withdrew."""
        stories = {one.page.story_id for one in articles} - {None}
        found: dict[int, Article] = {}
        for some in chunks(stories):
            beside = Article.objects.filter(
                page__story__in=some, page__is_withdrawn=False
            )
            found |= {one.pk: one for one in beside.select_related(*self.beside)}
        for one in articles:
            found.pop(one.pk, None)
        return found
