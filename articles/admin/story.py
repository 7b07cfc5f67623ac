"""Stories at the desk: their pages, and the acts that cut, join and name them."""

from __future__ import annotations

from typing import Any, Literal

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from articles.models import Decision, Page, Story
from articles.models.writing import writing
from articles.publishing import NothingToDecide, dismiss, merge, split
from articles.selectors.desk.history import conflicts, latest_acts
from articles.selectors.desk.story import called, story_desk
from articles.selectors.desk.suggestions import offers

from .deciding import DecidingAdmin, gone, keys, note, why
from .records import ReadOnly
from .story_acts import carry_out, take_back

MOST_MERGED = 20


class ListedFilter(admin.SimpleListFilter):
    title = "readers"
    parameter_name = "readers"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "have it"), ("no", "do not have it")]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Story]
    ) -> QuerySet[Story]:
        if self.value() == "yes":
            return queryset.exclude(lead=None)
        return queryset.filter(lead=None) if self.value() == "no" else queryset


@admin.register(Story)
class StoryAdmin(ReadOnly, DecidingAdmin):
    list_display = (
        "called",
        "page_count",
        "provider_count",
        "latest_at",
        "pinned",
        "score",
    )
    list_filter = (ListedFilter, "pinned", "latest_at")
    list_select_related = ("lead", "founder")
    search_fields = ("title", "founder__title", "lead__title", "public_id")
    ordering = ("-score", "-pk")
    actions = ("merge_selected",)
    change_list_template = "admin/articles/story/list.html"

    @admin.display(description="story")
    def called(self, story: Story) -> str:
        return called(story)

    @admin.action(description="Merge the selected", permissions=["publish"])
    def merge_selected(self, request: HttpRequest, queryset: QuerySet[Story]) -> None:
        try:
            with writing():
                stories = list(queryset.select_related("lead")[: MOST_MERGED + 1])
                if len(stories) > MOST_MERGED:
                    raise NothingToDecide(f"choose at most {MOST_MERGED} stories")
                merge(stories, by=request.user, why=why(request))
                note(request, stories, f"merged {len(stories)} stories")
        except NothingToDecide as nothing:
            self.message_user(request, _said(nothing), messages.WARNING)
        else:
            self.message_user(request, f"Merged {len(stories)} stories.")

    def get_urls(self) -> list[URLPattern]:
        review = self.admin_site.admin_view(self.review_view)
        urls: list[URLPattern] = super().get_urls()
        return [path("review/", review, name="articles_story_review"), *urls]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        story = self.get_object(request, unquote(object_id))
        if not self.has_view_permission(request, story):
            raise PermissionDenied
        if story is None:
            return gone(self, request)
        if request.method == "POST":
            return self._act(request, story)
        context = self._context(request, self.called(story)) | {
            "desk": story_desk(story),
            "story": story,
        }
        return TemplateResponse(request, "admin/articles/story/story.html", context)

    def review_view(self, request: HttpRequest) -> HttpResponse:
        """What an editor may want to look at: suggestions and contradictions."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            return self._settle(request)
        context = self._context(request, "To look at") | {
            "offers": offers(),
            "conflicts": conflicts(),
            "dismissed": latest_acts([Decision.Kind.DISMISS]),
        }
        return TemplateResponse(request, "admin/articles/story/review.html", context)

    def _act(self, request: HttpRequest, story: Story) -> HttpResponse:
        """Carry out what the form asks for, and show the story that came of it."""
        if not self.may_decide(request):
            raise PermissionDenied
        look_at = story.founder_id
        try:
            words, look_at = carry_out(request, story)
            self.message_user(request, words)
        except NothingToDecide as nothing:
            self.message_user(request, _said(nothing), messages.WARNING)
        page = Page.objects.filter(pk=look_at).first()
        if page is None or page.story_id is None:
            return redirect(reverse("admin:articles_story_changelist"))
        return redirect(reverse("admin:articles_story_change", args=[page.story_id]))

    def _settle(self, request: HttpRequest) -> HttpResponse:
        if not self.may_decide(request):
            raise PermissionDenied
        try:
            with writing():
                words = _settled(request)
            self.message_user(request, words)
        except NothingToDecide as nothing:
            self.message_user(request, _said(nothing), messages.WARNING)
        return redirect(reverse("admin:articles_story_review"))

    def _context(self, request: HttpRequest, title: str) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "may_decide": self.may_decide(request),
        }


def _settled(request: HttpRequest) -> str:
    """Do what a suggestion says, dismiss it, or take a decision back."""
    if "undo" in request.POST:
        return take_back(request)
    kept, leaving = _pages(request, "one"), _pages(request, "other")
    stories = [page.story for page in (*kept[:1], *leaving[:1]) if page.story]
    if len(stories) != 2:
        raise NothingToDecide("the pages have changed since: look again")
    one = kept[0]
    kind: Literal["merge", "split"]
    kind = "merge" if request.POST.get("kind") == "merge" else "split"
    if request.POST.get("act") == "dismiss":
        dismiss(kind, one, leaving[0], by=request.user, why=why(request))
        return "Dismissed."
    if kind == "merge":
        merge(stories, by=request.user, why=why(request))
        note(request, stories, "merged, as suggested")
        return f"Merged: “{one}” and “{leaving[0]}”."
    if {page.story_id for page in leaving} != {one.story_id}:
        raise NothingToDecide("the story has changed since: look again")
    split(leaving, by=request.user, why=why(request))
    note(request, stories[:1], "split, as suggested")
    return f"Split: “{one}” and “{leaving[0]}”."


def _pages(request: HttpRequest, name: str) -> list[Page]:
    """The pages of these keys, in the order given."""
    given = keys(request, name)[:1000]
    found = Page.objects.select_related("article", "story__lead").in_bulk(given)
    return [found[pk] for pk in given if pk in found]


def _said(nothing: NothingToDecide) -> str:
    return f"Nothing was changed: {nothing}."
