"""Filters shared by lists, search, feeds and the API."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import django_filters
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django.utils import timezone

from articles.models import Page, Provider, Topic
from articles.search import matching

# Beyond these days time zones lead out of the calendar.
DAYS = [MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(2200, 1, 1))]
TYPES = (("article", "article"), ("video", "video"))


class NewsFilter(django_filters.FilterSet):  # type: ignore[misc]  # untyped library
    """Visible pages by words, topic, publisher, dates, quality and type."""

    q = django_filters.CharFilter(label="Words", method="by_words", max_length=200)
    topic = django_filters.ModelMultipleChoiceFilter(
        label="Topic",
        queryset=Topic.objects.filter(labelled__isnull=False)
        .distinct()
        .order_by("key"),
        to_field_name="slug",
        method="by_topic",
        widget=forms.CheckboxSelectMultiple,
    )
    provider = django_filters.ModelMultipleChoiceFilter(
        label="Publisher",
        queryset=Provider.objects.filter(pages__is_visible=True).distinct(),
        to_field_name="domain",
        method="by_provider",
        widget=forms.MultipleHiddenInput,
    )
    since = django_filters.DateFilter(
        label="From",
        method="from_day",
        validators=DAYS,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    until = django_filters.DateFilter(
        label="To",
        method="to_day",
        validators=DAYS,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    min_quality = django_filters.NumberFilter(
        label="Quality at least",
        field_name="quality",
        lookup_expr="gte",
        min_value=-1000,
        max_value=100_000,
        decimal_places=0,
    )
    type = django_filters.ChoiceFilter(label="Type", choices=TYPES, empty_label="any")

    class Meta:
        model = Page
        fields: list[str] = []

    def by_words(self, pages: QuerySet[Page], name: str, value: str) -> QuerySet[Page]:
        return matching(value, pages)

    def by_topic(
        self, pages: QuerySet[Page], name: str, value: QuerySet[Topic]
    ) -> QuerySet[Page]:
        chosen = [topic.pk for topic in value]
        if not chosen:
            return pages
        return pages.filter(article__topics__in=chosen).distinct()

    def by_provider(
        self, pages: QuerySet[Page], name: str, value: QuerySet[Provider]
    ) -> QuerySet[Page]:
        chosen = [provider.pk for provider in value]
        return pages.filter(provider__in=chosen) if chosen else pages

    def from_day(self, pages: QuerySet[Page], name: str, value: Any) -> QuerySet[Page]:
        return pages.filter(published_at__gte=_midnight(value))

    def to_day(self, pages: QuerySet[Page], name: str, value: Any) -> QuerySet[Page]:
        return pages.filter(published_at__lt=_midnight(value) + timedelta(days=1))


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
