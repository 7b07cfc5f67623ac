"""What all desks share that record decisions: who may, why, and a line in the log."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth import get_permission_codename
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from articles.models import Article, Page, Story

# More than so many at once are asked about again.
MANY = 100


class WhyForm(ActionForm):
    """The bar of actions above a list, with room for a reason."""

    why = forms.CharField(required=False, label="Why:", max_length=500)


class DecidingAdmin(admin.ModelAdmin):
    """Lists whose actions are decisions; `actions` ask for the permission "publish"."""

    action_form = WhyForm
    show_full_result_count = False

    class Media:
        css = {"all": ["css/admin/desk.css"]}

    def may_decide(self, request: HttpRequest) -> bool:
        """Whether the user may publish and may change what is listed here."""
        change = get_permission_codename("change", self.opts)
        wanted = ["articles.can_publish", f"{self.opts.app_label}.{change}"]
        return request.user.has_perms(wanted)

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return self.may_decide(request)

    def asked_again(
        self, request: HttpRequest, chosen: QuerySet, doing: str
    ) -> TemplateResponse | None:
        """A page that asks whether so many are meant; None where that is clear."""
        if "sure" in request.POST or (count := chosen.count()) <= MANY:
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": f"{doing} {count} {self.opts.verbose_name_plural}?",
            "opts": self.opts,
            "doing": doing,
            "count": count,
            "given": [
                (name, value)
                for name, values in request.POST.lists()
                if name != "csrfmiddlewaretoken"
                for value in values
            ],
        }
        return TemplateResponse(request, "admin/articles/sure.html", context)


def gone(desk: admin.ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Back to the list, with a word about what is not there any more."""
    words = f"There is no such {desk.opts.verbose_name} any more."
    desk.message_user(request, words, messages.WARNING)
    name = f"admin:{desk.opts.app_label}_{desk.opts.model_name}_changelist"
    return redirect(reverse(name))


def why(request: HttpRequest) -> str:
    """The reason given, else where it was done."""
    return request.POST.get("why", "").strip()[:500] or "at the desk"


def keys(request: HttpRequest, name: str) -> list[int]:
    """The primary keys that a form sends under a name; what is none is left out."""
    given = request.POST.getlist(name)
    return [int(key) for key in given if key.isdecimal() and len(key) < 19]


def note(request: HttpRequest, about: Iterable[Model], words: str) -> None:
    """Write a line into the log of the desk for each of these."""
    assert request.user.pk is not None
    LogEntry.objects.bulk_create(
        (
            LogEntry(
                user_id=request.user.pk,
                content_type_id=ContentType.objects.get_for_model(one).pk,
                object_id=str(one.pk),
                object_repr=_called(one)[:200],
                action_flag=CHANGE,
                change_message=words,
            )
            for one in about
        ),
        batch_size=500,
    )


def _called(one: Model) -> str:
    """A name that may stay in the log when the words of a page must go."""
    if isinstance(one, Article):
        return one.source_name
    if isinstance(one, Page):
        return one.canonical_url
    return f"story {one.public_id}" if isinstance(one, Story) else str(one)
