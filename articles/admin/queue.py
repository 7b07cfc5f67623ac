"""The queue: one row a story that waits, and what an editor does about it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from articles.accounts.site import desk_page
from articles.publishing import NothingToDecide
from articles.selectors.cursor import InvalidCursor
from articles.selectors.desk.overview import waiting_since
from articles.selectors.desk.queue import ORDERS, Narrowed, QueueRow, queue_page

from .bounds import LONGEST_SEARCH, Refused, is_sure, refuse_odd
from .deciding import MANY, keys
from .pictures import unseen_thumb
from .queue_acts import ACTS, BULK, Outcome, take_back
from .shown import Row, shown_rows
from .undoing import named_act

SEEN = ("articles.view_story", "articles.view_article")
DECIDES = ("articles.can_publish", "articles.change_article")


@desk_page("queue/", "queue")
def queue(request: HttpRequest) -> HttpResponse:
    """Stories that wait, strongest or newest first; POST decides about some."""
    if not request.user.has_perms(SEEN):
        raise PermissionDenied
    refuse_odd(request.GET)
    if request.method != "POST":
        return _page(request)
    if not may_decide(request):
        raise PermissionDenied
    return _act(request)


def may_decide(request: HttpRequest) -> bool:
    """Whether the user may publish and withdraw."""
    return request.user.has_perms(DECIDES)


def _page(request: HttpRequest) -> HttpResponse:
    order = request.GET.get("order", "")
    order = order if order in ORDERS else "strongest"
    narrowed = Narrowed(
        words=request.GET.get("q", "").strip()[:LONGEST_SEARCH],
        topic=request.GET.get("topic", "")[:LONGEST_SEARCH],
        provider=request.GET.get("provider", "")[:LONGEST_SEARCH],
    )
    waiting, newest = waiting_since()
    try:
        found = queue_page(order, narrowed, request.GET.get("before"))
    except InvalidCursor:
        raise Refused("There is no such place in the queue.") from None
    context = {
        **admin.site.each_context(request),
        "title": "Queue",
        "rows": [_row(row, newest) for row in found.rows],
        "next": found.next_cursor and _address(request, before=found.next_cursor),
        "order": order,
        "ways": [(name, _address(request, order=name)) for name in ORDERS],
        "narrowed": narrowed,
        "without": {
            name: _address(request, **{name: None})
            for name in ("q", "topic", "provider")
        },
        "waiting": waiting,
        "may_decide": may_decide(request),
        "zone": timezone.get_current_timezone_name(),
        "is_first": "before" not in request.GET,
    }
    return TemplateResponse(request, "admin/queue/queue.html", context)


def _row(row: QueueRow, newest: int) -> dict[str, Any]:
    return {
        "row": row,
        "picture": unseen_thumb(row.best, row.picture),
        "shown": Row(row.story, row.state, newest),
    }


def _address(request: HttpRequest, **changed: str | None) -> str:
    """This list with some parameters changed; one that is None goes."""
    kept = {
        name: request.GET[name]
        for name in ("order", "q", "topic", "provider")
        if request.GET.get(name)
    }
    given = {name: value for name, value in (kept | changed).items() if value}
    return f"{request.path}?{urlencode(given)}"


def _act(request: HttpRequest) -> HttpResponse:
    try:
        outcome = _outcome(request)
    except NothingToDecide as nothing:
        outcome = Outcome(f"Nothing was changed: {nothing}.", level=messages.WARNING)
    if isinstance(outcome, HttpResponse):
        return outcome
    if "fragment" in request.POST:
        context = {"outcome": outcome}
        return TemplateResponse(request, "admin/queue/_answer.html", context)
    for words in outcome.refused:
        messages.warning(request, words)
    messages.add_message(request, outcome.level, outcome.words, extra_tags=outcome.act)
    return redirect(request.get_full_path())


def _outcome(request: HttpRequest) -> Outcome | HttpResponse:
    if "undo" in request.POST:
        return take_back(request, named_act(request))
    for name, act in ACTS.items():
        if name in request.POST:
            return act(request, keys(request, name)[:1], shown_rows(request.POST))
    for name, bulk in BULK.items():
        if request.POST.get("act") == name:
            stories = list(dict.fromkeys(keys(request, "story")))
            if len(stories) > MANY and not is_sure(request):
                return _asked_again(request, name, stories)
            return bulk(request, stories, shown_rows(request.POST))
    raise NothingToDecide("choose what to do")


def _asked_again(
    request: HttpRequest, name: str, stories: list[int]
) -> TemplateResponse:
    """A page that asks whether so many are meant; it carries what was shown."""
    shown = shown_rows(request.POST)
    context = {
        **admin.site.each_context(request),
        "title": f"{name.capitalize()} {len(stories)} stories?",
        "act": name,
        "stories": stories,
        "articles": sum(_articles(shown[pk].state) for pk in stories if pk in shown),
        "shown": " ".join(str(shown[pk]) for pk in stories if pk in shown),
    }
    return TemplateResponse(request, "admin/queue/sure.html", context)


def _articles(state: str) -> int:
    """How many articles of a story wait, by what its row showed."""
    number = state.rpartition("-")[2]
    return int(number) if number.isdecimal() else 0
