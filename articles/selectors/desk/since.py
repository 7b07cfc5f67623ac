"""What editors decided since a form of the desk was made, about what it showed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, OuterRef, Subquery

from articles.library.decisions import PAIR_KINDS, READERS, ends_of
from articles.models import Article, Decision, Page, Story
from articles.models.bulk import chunks

from .history import acts_of

Kind = Decision.Kind
DONE = {
    Kind.PUBLISH: "published",
    Kind.WITHDRAW: "withdrew",
    Kind.PUBLISH_AT: "planned",
}
STANDS_IN_THE_WAY = (*READERS, *PAIR_KINDS, Kind.PUBLISH_AT)
# Kinds of which the latest counts, whichever of them it is.
TOGETHER = ((*READERS, Kind.PUBLISH_AT), PAIR_KINDS, (Kind.PIN, Kind.UNPIN))


def newest_decision() -> int:
    """What tells later decisions from those there are."""
    return Decision.objects.aggregate(newest=Max("pk"))["newest"] or 0


@dataclass(frozen=True, slots=True)
class Subject:
    """A row of the desk, by all the names that decisions may have for its pages."""

    sources: frozenset[str]
    urls: frozenset[str]


class Since:
    """The decisions of some kinds made after one, by the names of their subjects."""

    def __init__(self, newest: int, kinds: Sequence[Kind]) -> None:
        later = Decision.objects.filter(pk__gt=newest, kind__in=kinds).order_by("pk")
        self._of_source: dict[str, Decision] = {}
        self._of_url: dict[str, Decision] = {}
        for one in later.defer("by"):
            for source, url in ends_of(one):
                self._of_source[source] = self._of_url[url] = one
        self._of_source.pop("", None)

    def about(self, subject: Subject, after: int = 0) -> Decision | None:
        """The latest about this subject that was made after one."""
        named = [self._of_source.get(source) for source in subject.sources]
        named += [self._of_url.get(url) for url in subject.urls]
        found = [one for one in named if one]
        latest = max(found, key=lambda one: one.pk, default=None)
        return latest if latest is not None and latest.pk > after else None


def later_about(
    newest: int,
    pages: Collection[int] = (),
    *,
    stories: Collection[int] = (),
    kinds: Collection[Kind] = STANDS_IN_THE_WAY,
) -> dict[int, Decision]:
    """The latest decision after one about each of these pages, else stories, by pk.

    Without `kinds` of what readers get, now or at a time, and of what belongs together.
    What was taken back stands no more.
    """
    made = Decision.objects.filter(pk__gt=newest, kind__in=kinds)
    later = made.standing().with_pages().defer("by", "value", "why").order_by("pk")
    if not stories:
        return {one.page: one for one in later if one.page in pages}
    of_page = Page.objects.filter(pk=OuterRef("page")).values("story")
    told = later.annotate(story=Subquery(of_page))
    return {one.story: one for one in told if one.story in stories}


def stands_since(made: Sequence[Decision]) -> list[str]:
    """What was decided about the same after an act, in words; its undoing leaves it."""
    kinds = {Kind(one.kind) for one in made}
    kinds |= {kind for held in TOGETHER if kinds & {*held} for kind in held}
    pages = {page.pk: page for page in decided_about(made)}
    since = later_about(max(one.pk for one in made), pages, kinds=kinds)
    return [
        f"“{pages[pk]}”: {who_did(one)}. That stands."
        if one.kind in DONE
        else f"{who_changed(one)}. That stands."
        for pk, one in since.items()
    ]


def decided_about(made: Iterable[Decision]) -> list[Page]:
    """The pages today that these decisions are about, with their articles."""
    named = Decision.objects.filter(pk__in=[one.pk for one in made]).with_pages()
    pages = Page.objects.filter(pk__in=named.values("page"))
    return list(pages.select_related("article", "story").order_by("pk"))


def article_subjects(articles: Iterable[Article]) -> dict[int, Subject]:
    """Articles by pk; their pages must have been selected with them."""
    return {
        one.pk: Subject(
            frozenset({one.source_name}), frozenset({one.page.canonical_url})
        )
        for one in articles
    }


def page_subjects(pages: Iterable[Page]) -> dict[int, Subject]:
    """Pages by pk, under the names of all their twins."""
    return _subjects((page.pk, page.pk, page.canonical_url) for page in pages)


def story_subjects(stories: Iterable[Story]) -> dict[int, Subject]:
    """Stories by pk, under the names of all their pages."""
    return _subjects(
        row
        for some in chunks(stories)
        for row in Page.objects.filter(story__in=some).values_list(
            "story", "pk", "canonical_url"
        )
    )


def subject_of_pages(pks: Iterable[int]) -> Subject:
    """One subject of all these pages."""
    rows = [
        (0, *row)
        for some in chunks(pks)
        for row in Page.objects.filter(pk__in=some).values_list("pk", "canonical_url")
    ]
    return _subjects(rows).get(0, Subject(frozenset(), frozenset()))


def _subjects(rows: Iterable[tuple[Any, int, str]]) -> dict[int, Subject]:
    """From rows of a subject, a page of it and that page's URL."""
    subject_of: dict[int, int] = {}
    urls: dict[int, set[str]] = defaultdict(set)
    sources: dict[int, set[str]] = defaultdict(set)
    for subject, page, url in rows:
        subject_of[page] = subject
        urls[subject].add(url)
    for some in chunks(subject_of):
        twins = Article.objects.filter(page__in=some)
        for page, source in twins.values_list("page", "source_name"):
            sources[subject_of[page]].add(source)
    return {
        subject: Subject(frozenset(sources[subject]), frozenset(named))
        for subject, named in urls.items()
    }


def who_did(one: Decision) -> str:
    """Who did what to a row, in words that follow its title."""
    if one.kind not in DONE:
        return who_changed(one)
    return f"{one.author} {DONE[Kind(one.kind)]} it since, {one.at:%d %B %Y %H:%M} UTC"


def who_changed(one: Decision) -> str:
    """Who did what about stories, in words."""
    whole = [one]
    if one.act:
        whole = list(Decision.objects.filter(act=one.act).order_by("pk"))
    [act, *_] = acts_of(whole)
    return f"{act.author} {act.words} since"
