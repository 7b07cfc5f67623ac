"""What editors decided, act by act and in words, and what of it cannot be kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Q, Subquery

from articles.library.decisions import (
    BESIDE,
    EDIT_KINDS,
    PAIR_KINDS,
    READERS,
    Named,
    contradictions,
    ends_of,
)
from articles.models import Decision, Page
from articles.models.bulk import chunks
from articles.rules.public_id import article_id

from .act_words import act_in_words

Kind = Decision.Kind
MOST_ACTS = 100  # that a page shows
ABOUT_ARTICLES = {*READERS, *EDIT_KINDS, Kind.PUBLISH_AT}
FIRST = ("source_name", "canonical_url", "title")
SECOND = ("other_source", "other_url", "other_title")


@dataclass(frozen=True, slots=True)
class Act:
    """One act of an editor, in words. Only what has an id can be taken back."""

    id: str
    at: datetime
    author: str
    why: str
    words: str
    undone_at: datetime | None
    undone_by: str
    kind: str  # of its first decision
    value: str  # of that, too

    @property
    def about_articles(self) -> bool:
        """Whether it is of those that take no right to act on stories."""
        return self.kind in ABOUT_ARTICLES


@dataclass(frozen=True, slots=True)
class Conflict:
    """A decision that is set aside, and the earlier ones that say otherwise."""

    words: str
    act: Act
    against: tuple[Act, ...]


def acts_about(pages: Sequence[Page]) -> list[Act]:
    """What was decided about these pages, newest first; articles selected with them."""
    ids: set[str] = set()
    single: dict[int, Decision] = {}
    for held in chunks(pages):
        urls = {page.canonical_url for page in held}
        sources = {page.article.source_name for page in held if page.article}
        concerned = Decision.objects.filter(
            Q(canonical_url__in=urls)
            | Q(other_url__in=urls)
            | Q(source_name__in=sources)
        )
        newest = concerned.order_by("-at", "-pk")
        for one in newest[: MOST_ACTS * 20]:
            ids.add(one.act) if one.act else single.setdefault(one.pk, one)
    made = [single[pk] for pk in sorted(single)[-MOST_ACTS:]]
    for some in chunks(ids):
        beside = Q(kind__in=PAIR_KINDS, value__in=BESIDE)
        beside |= Q(kind=Kind.ADDRESS)
        made += Decision.objects.filter(~beside, act__in=some)
    return acts_of(made)


def latest_acts(kinds: Iterable[Kind], *, most: int = 20) -> list[Act]:
    """The newest acts of some kinds that nobody took back."""
    newest = Decision.objects.standing().filter(kind__in=list(kinds))
    return acts_of(list(newest.order_by("-at", "-pk")[:most]))


def conflicts(pages: Collection[int] | None = None) -> list[Conflict]:
    """Decisions, lately or on these pages, that cannot be kept beside earlier ones."""
    found = contradictions(pages)
    wanted = {pk for one in found for pk in (one.decision, *one.against)}
    held = {
        one.pk: one
        for some in chunks(wanted)
        for one in Decision.objects.filter(pk__in=some)
    }
    title_of = titles(held.values())
    act_of = {pk: _act([one], title_of) for pk, one in held.items()}
    return [
        Conflict(
            words=act_of[one.decision].words,
            act=act_of[one.decision],
            against=tuple(act_of[pk] for pk in one.against),
        )
        for one in found
    ]


def acts_of(made: Iterable[Decision]) -> list[Act]:
    """Decisions put together by act, newest first."""
    by_act: dict[str, list[Decision]] = defaultdict(list)
    for one in sorted(made, key=lambda one: (one.at, one.pk), reverse=True):
        by_act[one.act or f"#{one.pk}"].append(one)
    title_of = titles(one for held in by_act.values() for one in held)
    return [_act(held[::-1], title_of) for held in by_act.values()]


def titles(made: Iterable[Decision]) -> dict[Named, str]:
    """What the pages that decisions name are called today; unknown ones left out.

    Of what was forgotten there is but the id: its names may have words in them.
    """
    held = list(made)
    found: dict[Named, str | None] = {}
    for some in chunks({one.pk for one in held}):
        named = Decision.objects.filter(pk__in=some).with_pages()
        told = named.annotate(title=_title("page"), other_title=_title("other_page"))
        for a, b, title, c, d, other in told.values_list(*FIRST, *SECOND):
            found |= {(a, b): title, (c, d): other}
    known = {named: title for named, title in found.items() if title is not None}
    ids = _forgotten({named for one in held for named in ends_of(one)} - known.keys())
    return ids | known


def _title(page: str) -> Subquery:
    return Subquery(Page.objects.filter(pk=OuterRef(page)).values("title")[:1])


def _forgotten(names: Collection[Named]) -> dict[Named, str]:
    """Of names whose source was forgotten: what article that was."""
    gone: set[str] = set()
    for some in chunks({source for source, _ in names if source}):
        made = Decision.objects.filter(kind=Kind.FORGET, source_name__in=some)
        gone |= set(made.values_list("source_name", flat=True))
    return {
        (source, url): f"article {article_id(source)}"
        for source, url in names
        if source in gone
    }


def _act(held: Sequence[Decision], title_of: Mapping[Named, str]) -> Act:
    """One act, its decisions in order."""
    first = held[0]
    return Act(
        id=first.act,
        at=first.at,
        author=first.author,
        why=first.why,
        words=act_in_words(held, title_of),
        undone_at=first.undone_at,
        undone_by=first.undone_by,
        kind=first.kind,
        value=first.value,
    )
