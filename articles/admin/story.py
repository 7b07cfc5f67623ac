"""Stories at the desk: their pages, and the acts that cut, join and name them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME as CHOSEN
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from articles.library.decisions import CHOICE_KINDS, PAIR_KINDS
from articles.models import Decision, Page, Story
from articles.models.writing import writing
from articles.publishing import NothingToDecide, merge
from articles.selectors.desk.since import (
    Subject,
    newest_decision,
    story_subjects,
    who_changed,
)
from articles.selectors.desk.story import called, story_desk

from .actor import actor
from .deciding import DecidingAdmin, everything, gone, keys, why
from .log import note
from .records import ReadOnly
from .shown import spelled_rows
from .story_acts import carry_out
from .story_list import ListedFilter, StoryColumns
from .story_look import LOOK, before_and_after, sent_again
from .story_review import review, settled
from .story_shown import page_rows, story_row
from .undoing import say_done

MOST_MERGED = 20
# Acts that are looked at before they are done.
DOING = {
    "split": "Split off the selected",
    "move": "Move the selected",
    "merge": "Merge both stories",
}


@admin.register(Story)
class StoryAdmin(StoryColumns, ReadOnly, DecidingAdmin):
    list_display = (
        "called",
        "publishers",
        "articles",
        "newest",
        "place",
    )
    list_filter = (ListedFilter, "pinned", "latest_at")
    list_select_related = ("lead", "founder")
    search_fields = ("title", "founder__title", "lead__title", "public_id")
    ordering = ("-score", "-pk")
    actions = ("merge_selected",)
    watched = (*PAIR_KINDS, *CHOICE_KINDS)
    beside = beside_one = ("lead", "founder")
    reads = (
        "public_id",
        "title",
        "page_count",
        "provider_count",
        "latest_at",
        "pinned",
        "pinned_until",
        "score",
        "lead__title",
        "lead__canonical_url",
        "founder__title",
        "founder__canonical_url",
    )
    change_list_template = "admin/articles/story/list.html"

    def state_of(self, row: Story) -> str:
        return f"{row.page_count}-{row.lead_id or 0}-{row.pinned:d}"

    def subjects(self, rows: Sequence[Story]) -> Mapping[int, Subject]:
        nothing = Subject(frozenset(), frozenset())
        return dict.fromkeys((row.pk for row in rows), nothing) | story_subjects(rows)

    def title_of(self, row: Story) -> str:
        return called(row)

    def who(self, decision: Decision) -> str:
        return who_changed(decision)

    @admin.action(description="Merge the selected", permissions=["publish"])
    def merge_selected(self, request: HttpRequest, queryset: QuerySet[Story]) -> None:
        try:
            if everything(request) or len(keys(request, CHOSEN)) > MOST_MERGED:
                raise NothingToDecide(f"choose at most {MOST_MERGED} stories")
            stories = self.chosen(request, queryset)
            if len(stories) < len(set(keys(request, CHOSEN))):
                raise NothingToDecide("look at the stories again")
            act = merge(stories, by=actor(request), why=why(request))
            note(request, stories, f"merged {len(stories)} stories")
        except NothingToDecide as nothing:
            self.message_user(request, _said(nothing), messages.WARNING)
        else:
            say_done(request, f"Merged {len(stories)} stories.", act)

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
        if not isinstance(story, Story):
            return gone(self.model, request)
        if request.method == "POST":
            return self._act(request, story)
        return self._page(request, story)

    def review_view(self, request: HttpRequest) -> HttpResponse:
        """What an editor may want to look at: suggestions and contradictions."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            return self._settle(request)
        context = self._context(request, "Suggestions") | review(request)
        return TemplateResponse(request, "admin/articles/story/review.html", context)

    def _act(self, request: HttpRequest, story: Story) -> HttpResponse:
        """Carry out what the form asks for, and show the story that came of it.

        Where nothing comes of it the form is shown again, with what was typed.
        """
        if not self.may_decide(request):
            raise PermissionDenied
        try:
            if LOOK in request.POST:
                return self._look(request, story)
            with writing():
                story.refresh_from_db()
                done = carry_out(request, story)
        except Story.DoesNotExist:
            return gone(self.model, request)
        except NothingToDecide as nothing:
            self.message_user(request, _said(nothing), messages.WARNING)
            return self._page(request, story)
        say_done(request, done.words, done.act)
        page = Page.objects.filter(pk=done.page).first()
        if page is None or page.story_id is None:
            return redirect(reverse("admin:articles_story_changelist"))
        return redirect(reverse("admin:articles_story_change", args=[page.story_id]))

    def _look(self, request: HttpRequest, story: Story) -> HttpResponse:
        """The stories before and after the act, which is asked for again."""
        act = request.POST[LOOK]
        before, after = before_and_after(request, story)
        context = self._context(request, f"{DOING.get(act, act)}?") | {
            "story": story,
            "before": before,
            "after": after,
            "act": act,
            "doing": DOING.get(act, act),
            "given": sent_again(request),
        }
        return TemplateResponse(request, "admin/articles/story/look.html", context)

    def _page(self, request: HttpRequest, story: Story) -> HttpResponse:
        newest = newest_decision()
        desk = story_desk(story)
        typed = request.POST
        context = self._context(request, self.called(story)) | {
            "desk": desk,
            "story": story,
            "shown": spelled_rows(page_rows(desk.pages, newest)),
            "shown_story": story_row(story, newest),
            "typed": {name: typed.get(name, "")[:2000] for name in ("why", "to")},
            "title_typed": typed.get("title", story.title)[:500],
            "chosen": frozenset(keys(request, "page")),
        }
        return TemplateResponse(request, "admin/articles/story/story.html", context)

    def _settle(self, request: HttpRequest) -> HttpResponse:
        if not self.may_decide(request):
            raise PermissionDenied
        try:
            with writing():
                words, act = settled(request)
            say_done(request, words, act)
        except NothingToDecide as nothing:
            self.message_user(request, _said(nothing), messages.WARNING)
        return redirect(request.get_full_path())

    def _context(self, request: HttpRequest, title: str) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "may_decide": self.may_decide(request),
        }


def _said(nothing: NothingToDecide) -> str:
    return f"Nothing was changed: {nothing}."
