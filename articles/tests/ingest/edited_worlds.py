"""Small random sites whose editors set words, pictures and topics, too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from hypothesis import strategies as st

from articles.models import Article, Decision, Page
from articles.publishing.acts import derive, undo
from articles.publishing.decisions import subject_names
from articles.rules.canonical_url import canonical_url
from articles.rules.edits import Picture, Value, spelled
from articles.tests.make import NOW

from .worlds import SOURCES, TOPICS, URLS, Batch, Verdict, batches, live, verdicts

Kind = Decision.Kind
VALUES: dict[Kind, tuple[Value | None, ...]] = {
    Kind.HEADLINE: (None, "Edith's title", "Glacier lake found near Oslo"),
    Kind.EXCERPT: (None, "", "In Edith's words."),
    Kind.PICTURE: (None, Picture(""), Picture("https://i.example/e.png", 4, 3)),
    Kind.TOPICS: (None, (), ("Edited",), ("SHIPS", "Law"), TOPICS[:1]),
}


@dataclass(frozen=True)
class Edit:
    """What an editor sets of the article with this source, or of a page."""

    kind: Kind
    value: Value | None
    about: str


@dataclass(frozen=True)
class Undo:
    """The latest edit but so many is taken back."""

    back: int


Event = Batch | Verdict | Edit | Undo
edits = st.sampled_from(list(VALUES)).flatmap(
    lambda kind: st.builds(
        Edit,
        st.just(kind),
        st.sampled_from(VALUES[kind]),
        st.sampled_from((*SOURCES, *URLS)),
    )
)
undos = st.builds(Undo, st.integers(0, 2))


def edited_histories(fewest: int, most: int) -> st.SearchStrategy[list[Event]]:
    one = st.one_of(batches, batches, verdicts, edits, edits, undos)
    return st.lists(one, min_size=fewest, max_size=most)


def live_edited(history: Sequence[Event]) -> None:
    """Let imports, decisions and edits happen in this order."""
    for minutes, event in enumerate(history):
        if isinstance(event, Edit):
            _edit(event, minutes)
        elif isinstance(event, Undo):
            _undo(event)
        else:
            live([event])


def _edit(event: Edit, minutes: int) -> None:
    now = NOW + timedelta(minutes=minutes)
    if "://" in event.about:
        found = Page.objects.filter(canonical_url=canonical_url(event.about))
    else:
        held = Article.objects.filter(source_name=event.about)
        found = Page.objects.filter(pk__in=held.values("page"))
    for page in found.select_related("article"):
        source, url = subject_names(page)
        made = Decision(
            kind=event.kind,
            source_name=source,
            canonical_url=url,
            value=spelled(event.value),
            act=f"{minutes}",
            at=now,
        )
        with transaction.atomic():
            made.save()
            derive([made], now=now)


def _undo(event: Undo) -> None:
    made = Decision.objects.standing().filter(kind__in=VALUES).order_by("-pk")
    for act in made.values_list("act", flat=True)[event.back : event.back + 1]:
        undo(act)
