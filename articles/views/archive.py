"""The archive by year, month and day; the page of a day is its edition."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from articles.rules.period import NoSuchPeriod, Period, read_period
from articles.selectors.archive.days import nearest
from articles.selectors.archive.edition import edition_page
from articles.selectors.archive.pages import archive, month_page, year_page
from articles.selectors.cursor import InvalidCursor

from .lists import BAD_CURSOR


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "articles/archive.html", {"archive": archive()})


@require_safe
def period(request: HttpRequest, **given: str) -> HttpResponse:
    """A year, a month or a day, as exact as the address is.

    A month or day without its zero is led to the one address of its page.
    """
    try:
        asked = read_period(**given)
    except NoSuchPeriod as error:
        raise Http404(str(error)) from None
    name, show = _SHOWN[len(asked.segments)]
    if asked.segments != tuple(given.values()):
        return redirect(name, *asked.segments, permanent=True)
    return show(request, asked) or _nothing(request, asked)


def _year(request: HttpRequest, asked: Period) -> HttpResponse | None:
    found = year_page(asked.first, asked.last)
    return (
        render(request, "articles/archive_year.html", {"found": found})
        if found
        else None
    )


def _month(request: HttpRequest, asked: Period) -> HttpResponse | None:
    found = month_page(asked.first, asked.last)
    return (
        render(request, "articles/archive_month.html", {"found": found})
        if found
        else None
    )


def _day(request: HttpRequest, asked: Period) -> HttpResponse | None:
    try:
        found = edition_page(asked.first, before=request.GET.get("before"))
    except InvalidCursor:
        raise Http404(BAD_CURSOR) from None
    return render(request, "articles/edition.html", {"found": found}) if found else None


def _nothing(request: HttpRequest, asked: Period) -> HttpResponse:
    """Say that nothing began then, which holds for what is hidden as well."""
    context = {
        "first": asked.first,
        "exact": len(asked.segments),
        "nearest": nearest(asked.first, asked.last),
    }
    return render(request, "articles/archive_missing.html", context, status=404)


Shown = Callable[[HttpRequest, Period], HttpResponse | None]

# By how many segments an address has: the name of its route, and what is shown there.
_SHOWN: dict[int, tuple[str, Shown]] = {
    1: ("archive_year", _year),
    2: ("archive_month", _month),
    3: ("edition", _day),
}
