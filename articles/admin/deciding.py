"""What all desks share that record decisions: who may, why, and on which rows.

Each row of a list carries what was shown of it. Whoever posts a list is compared with
the database of that moment, in the transaction that writes what he decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME, ActionForm
from django.contrib.auth import get_permission_codename
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.library.decisions import READERS
from articles.models import Decision
from articles.models.bulk import chunks
from articles.rules.phrasing import counted
from articles.rules.text.clean import clean_text
from articles.selectors.desk.since import (
    Since,
    Subject,
    newest_decision,
    who_did,
)

from .bounds import Bounded, DeskChangeList, is_sure
from .shown import MAX, NAME, UNSAID, Row, oldest, shown_rows, spelled_rows

# More than so many at once are asked about again.
MANY = 50
MOST_AT_ONCE = 10_000  # rows of all that match
NAMED = 10  # rows that a refusal names
AN_IMPORT = "it has changed since, by an import or in its time"


class WhyForm(ActionForm):
    """The bar of actions above a list, with room for a reason."""

    why = forms.CharField(required=False, label="Why:", max_length=500)


class ShownChangeList(DeskChangeList):
    """A list whose rows know the newest decision there was when they were read."""

    def get_results(self, request: HttpRequest) -> None:
        newest = newest_decision()
        super().get_results(request)
        for row in self.result_list:
            row.newest = newest


class DecidingAdmin(Bounded):
    """Lists whose actions are decisions; `actions` ask for the permission "publish"."""

    action_form = WhyForm
    show_full_result_count = False

    class Media:
        css = {"all": ["css/admin/desk.css"]}

    watched: ClassVar[Sequence[Decision.Kind]] = READERS
    beside: ClassVar[Sequence[str]] = ()  # what is selected with a row

    def state_of(self, row: Any) -> str:
        """What a list shows of a row that matters to who decides on it."""
        raise NotImplementedError

    def subjects(self, rows: Sequence[Any]) -> Mapping[int, Subject]:
        """These rows, by the names that decisions have for them."""
        raise NotImplementedError

    def title_of(self, row: Any) -> str:
        """What a message calls a row."""
        return str(row)

    def who(self, decision: Decision) -> str:
        """Who did what to a row, in words."""
        return who_did(decision)

    def may_decide(self, request: HttpRequest) -> bool:
        """Whether the user may publish and may change what is listed here."""
        change = get_permission_codename("change", self.opts)
        wanted = ["articles.can_publish", f"{self.opts.app_label}.{change}"]
        return request.user.has_perms(wanted)

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return self.may_decide(request)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[Any]:
        return ShownChangeList

    def action_checkbox(self, obj: Any) -> SafeString:
        row = Row(obj.pk, self.state_of(obj), obj.newest)
        box = super().action_checkbox(obj)
        return format_html(
            '{}<input type="hidden" name="{}" value="{}">', box, NAME, row
        )

    def chosen(self, request: HttpRequest, queryset: QuerySet[Any]) -> list[Any]:
        """The rows that an action is for and that are as they were shown.

        Of the others it is said what became of them. Rows are found whether or not
        the list's filters still let them through.
        """
        shown = shown_rows(request.POST)
        if everything(request):
            matching = queryset.values_list("pk", flat=True)[:MOST_AT_ONCE]
            found = self.rows(shown if is_sure(request) else matching)
            wanted = list(found)
            newest = oldest(shown)
            for pk in wanted if shown else ():
                # What stands on other pages of the list was shown as it is now,
                # but for what was decided since.
                shown.setdefault(pk, Row(pk, self.state_of(found[pk]), newest))
        else:
            wanted = list(dict.fromkeys(keys(request, ACTION_CHECKBOX_NAME)))
            found = self.rows(wanted)
            if NAME not in request.POST:
                # A program that names rows means them, however they are.
                shown = {pk: Row(pk, self.state_of(found[pk]), MAX) for pk in found}
        refused = self.refusals(wanted, found, shown)
        self.say_refused(request, refused, found)
        return [found[pk] for pk in wanted if pk not in refused]

    def kept(
        self, request: HttpRequest, rows: Sequence[Any]
    ) -> tuple[list[Any], dict[int, str]]:
        """Those that are still as they were shown, and why the others are not."""
        wanted, shown = [row.pk for row in rows], shown_rows(request.POST)
        found = self.rows(wanted)
        refused = self.refusals(wanted, found, shown) if shown else {}
        kept = [found[pk] for pk in wanted if pk in found and pk not in refused]
        return kept, refused

    def rows(self, pks: Iterable[int]) -> dict[int, Any]:
        """The rows of these keys that there are, with what is asked of them."""
        found: dict[int, Any] = {}
        for some in chunks(pks):
            found |= self.model.objects.select_related(*self.beside).in_bulk(some)
        return found

    def refusals(
        self,
        wanted: Iterable[int],
        found: Mapping[int, Any],
        shown: Mapping[int, Row],
    ) -> dict[int, str]:
        """Which of the wanted rows are not as they were shown, and what befell them."""
        asked = {pk: shown[pk] for pk in wanted if pk in shown}
        subjects = self.subjects([found[pk] for pk in asked if pk in found])
        since = Since(oldest(asked), self.watched)
        refused = {}
        for pk in wanted:
            row, was = found.get(pk), asked.get(pk)
            if row is None:
                refused[pk] = "it no longer exists"
            elif was is None:
                refused[pk] = UNSAID
            elif one := since.about(subjects[pk], was.newest):
                refused[pk] = self.who(one)
            elif was.state != self.state_of(row):
                refused[pk] = AN_IMPORT
        return refused

    def say_refused(
        self, request: HttpRequest, refused: Mapping[int, str], found: Mapping[int, Any]
    ) -> None:
        """Say of each row that was refused why, and of very many how many they are."""
        named = list(refused.items())[:NAMED]
        for pk, reason in named:
            title = f"“{self.title_of(found[pk])}”" if pk in found else f"Row {pk}"
            self.message_user(
                request, f"{title} was left as it is: {reason}.", messages.WARNING
            )
        if more := len(refused) - len(named):
            words = f"{counted(more, 'more row')} also stayed as they were."
            self.message_user(request, words, messages.WARNING)

    def asked_again(
        self,
        request: HttpRequest,
        rows: Sequence[Any],
        doing: str,
        *,
        selected: Sequence[Any],
    ) -> TemplateResponse | None:
        """A page that asks whether so many are meant; None where that is clear.

        It is asked of rows that nobody saw, too. The page carries how they are now.
        """
        few = len(rows) <= MANY and not everything(request)
        if is_sure(request) or few or not rows:
            return None
        newest = newest_decision()
        shown = spelled_rows(Row(row.pk, self.state_of(row), newest) for row in rows)
        replaced = ("csrfmiddlewaretoken", NAME, ACTION_CHECKBOX_NAME)
        given = [
            (name, value)
            for name, values in request.POST.lists()
            if name not in replaced
            for value in values
        ]
        # Of all rows one stands for the others, since a form holds so many fields.
        few_selected = selected[:1] if everything(request) else selected
        given += [(ACTION_CHECKBOX_NAME, str(row.pk)) for row in few_selected]
        context = {
            **self.admin_site.each_context(request),
            "title": f"{doing} {counted(len(rows), str(self.opts.verbose_name))}?",
            "opts": self.opts,
            "doing": doing,
            "count": len(rows),
            "now": self.in_sum(rows),
            "given": [*given, (NAME, shown)],
        }
        return TemplateResponse(request, "admin/articles/sure.html", context)

    def in_sum(self, rows: Sequence[Any]) -> str:
        """How these rows are now, in a sentence for who decides on all of them."""
        return ""


def everything(request: HttpRequest) -> bool:
    """Whether an action is for all rows of a list, on whatever page they stand."""
    return request.POST.get("select_across", "0").lower() not in ("", "0", "false")


def gone(model: type[Model], request: HttpRequest) -> HttpResponse:
    """Back to the list, with a word about what is not there any more."""
    opts = model._meta
    messages.warning(request, f"This {opts.verbose_name} no longer exists.")
    return redirect(f"admin:{opts.app_label}_{opts.model_name}_changelist")


def why(request: HttpRequest) -> str:
    """The reason given, if any."""
    return clean_text(request.POST.get("why", ""))[:500]


def keys(request: HttpRequest, name: str, sent: QueryDict | None = None) -> list[int]:
    """The primary keys that a form sends under a name; what is none is left out."""
    given = (request.POST if sent is None else sent).getlist(name)
    return [int(key) for key in given if key.isdecimal() and len(key) < 19]
