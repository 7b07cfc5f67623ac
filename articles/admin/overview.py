"""The first page of the desk: what waits, and the lists that its counts lead to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from articles.accounts.site import desk_page
from articles.models import Article, Decision, ImportRun, Page
from articles.rules.phrasing import counted, noun_for
from articles.selectors.desk.overview import (
    MOST,
    PILES,
    Pile,
    capped,
    conflicting,
    how_many_wait,
    possible_duplicates,
    sizes,
    titles_of,
)

AT_ONCE = 100  # rows on a page of a list
STORIES = "articles.view_story"


@dataclass(frozen=True, slots=True)
class Entry:
    """A count on the first page, and where it leads."""

    title: str
    number: str  # "12", "1,000+"
    noun: str
    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a list."""

    title: str
    address: str
    words: str
    at: datetime | None


@desk_page("", "index")
def index(request: HttpRequest) -> HttpResponse:
    """What an editor finds at the desk; of each only what he may see."""
    context = {"entries": _entries(request), "title": "The desk"}
    return admin.site.index(request, context)


@desk_page("lists/<slug:name>/", "list")
def pile(request: HttpRequest, name: str) -> HttpResponse:
    """The rows that a count of the first page counts."""
    found = PILES.get(name)
    if found is None:
        raise Http404
    if not request.user.has_perms(found.needs):
        raise PermissionDenied
    rows = found.rows()[: MOST + 1]
    number = rows.count()
    page = Paginator(found.rows()[:MOST], AT_ONCE).get_page(request.GET.get("p"))
    context = {
        **admin.site.each_context(request),
        "title": found.title,
        "words": f"{counted(capped(number), found.noun)} {found.words}.",
        "is_cut": number > MOST,
        "page": page,
        "lines": _lines(list(page.object_list)),
    }
    return TemplateResponse(request, "admin/pile.html", context)


def _entries(request: HttpRequest) -> list[Entry]:
    user = request.user
    entries = []
    if user.has_perms((STORIES, "articles.view_article")):
        entries.append(
            _entry(
                "Waiting",
                how_many_wait(),
                "story",
                "that readers do not get until you decide",
                reverse("admin:queue"),
            )
        )
    seen = [pile for pile in PILES.values() if user.has_perms(pile.needs)]
    entries += map(_of_pile, seen, sizes(seen))
    if user.has_perm(STORIES):
        review = reverse("admin:articles_story_review")
        entries.append(
            _entry(
                "Contradictions",
                capped(conflicting()),
                "decision",
                "set aside, since earlier ones say otherwise",
                f"{review}?show=contradictions",
            )
        )
        entries.append(
            _entry(
                "Possible duplicates",
                capped(possible_duplicates()),
                "suggestion",
                "to merge two stories",
                f"{review}?show=merge",
            )
        )
    return entries


def _of_pile(pile: Pile, number: int) -> Entry:
    address = reverse("admin:list", args=[pile.name])
    return _entry(pile.title, capped(number), pile.noun, pile.words, address)


def _entry(title: str, number: str, noun: str, words: str, address: str) -> Entry:
    return Entry(title, number, noun_for(number, noun), words, address)


def _lines(rows: Sequence[Any]) -> list[Line]:
    plans = [row for row in rows if isinstance(row, Decision)]
    titles = titles_of(plans)
    return list(_shaped(rows, titles))


def _shaped(rows: Iterable[Any], titles: dict[str, Article]) -> Iterable[Line]:
    for row in rows:
        if isinstance(row, Decision):
            about = titles.get(row.source_name)
            address = _change("article", about.pk) if about else ""
            words = f"planned by {row.author}"
            yield Line(str(about or row.canonical_url), address, words, row.due_at)
        elif isinstance(row, Article):
            address = _change("article", row.pk)
            yield Line(row.title, address, row.provider_name, row.published_at)
        elif isinstance(row, Page):
            yield Line(str(row), _change("page", row.pk), row.url, row.published_at)
        elif isinstance(row, ImportRun):
            wrong = counted(len(row.problems), "problem")
            words = f"{row.rejected:,} rejected, {wrong}"
            yield Line(str(row), _change("importrun", row.pk), words, row.started_at)


def _change(model: str, pk: int) -> str:
    return reverse(f"admin:articles_{model}_change", args=[pk])
