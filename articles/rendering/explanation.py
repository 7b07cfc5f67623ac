"""Why each page is in its story: one record for readers, editors and commands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from articles.clustering import Membership, Tie, explain
from articles.clustering.explain import Term
from articles.library.pages import cluster_page
from articles.library.story import NOTHING, StoryEvidence
from articles.models import Page
from articles.rules.phrasing import counted, series
from articles.rules.reasons import tie_facts
from articles.rules.text.phrases import Phrase, shared_phrases
from articles.rules.text.terms import forms

MOST_TERMS = 4
LIKELY = 0.5


@dataclass(frozen=True, slots=True)
class PageName:
    """A page as it is named in explanations; `is_visible` is true for readers."""

    id: str
    url: str  # canonical
    title: str
    provider: str
    is_visible: bool


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one page is in its story; the lead has no other page and no path."""

    page: PageName
    other: PageName | None  # the page it is tied to
    facts: tuple[
        str, ...
    ]  # of the tie, in words: "lists it as related", "published 2 h later"
    terms: tuple[Phrase, ...]  # what both say, weightiest first
    by_editor: bool  # an editor's word holds the tie, whatever its likelihood
    path: tuple[PageName, ...]  # from the page, through its tie, to the lead

    @property
    def words(self) -> str:
        """The tie in one line: "lists it as related, both say “x”"."""
        shared = " and ".join(f"“{term.words}”" for term in self.terms)
        return ", ".join((*self.facts, f"both say {shared}") if shared else self.facts)


@dataclass(frozen=True, slots=True)
class Explanation:
    """The reasons of a story's pages by canonical URL, and how it was made."""

    reasons: Mapping[str, Reason]
    summary: str  # in one sentence; "" for a story of one page


def explanation(
    pages: Sequence[Page], lead: Page, evidence: StoryEvidence = NOTHING
) -> Explanation:
    """Explain a story by these pages of it, one of them the lead; no query.

    Their providers must have been selected with them. Nothing is said of, or by way
    of, any other page.
    """
    members = explain(
        map(cluster_page, pages), lead.canonical_url, evidence.lists, evidence.merged
    )
    known = {page.canonical_url: page for page in pages}
    reasons = {member.key: _reason(member, known) for member in members}
    return Explanation(reasons, _summary(members))


def _reason(member: Membership, known: Mapping[str, Page]) -> Reason:
    page, tie = known[member.key], member.tie
    if tie is None:
        return Reason(_name(page), None, (), (), False, ())
    other = known[tie.other]
    return Reason(
        page=_name(page),
        other=_name(other),
        facts=_facts(tie),
        # Two copies of a text share all words: none of them says anything.
        terms=() if tie.same_text else _phrases(tie.terms, page, other),
        by_editor=_by_editor(tie),
        path=tuple(_name(known[key]) for key in member.path),
    )


def _phrases(terms: Iterable[Term], page: Page, other: Page) -> tuple[Phrase, ...]:
    """What both say: words of a headline, which can be checked, before others."""
    headlines = {*forms(page.title), *forms(other.title)}
    weights = {term.form: term.weight for term in terms}
    seen = {form: weight for form, weight in weights.items() if form in headlines}
    texts = (page.title, page.excerpt), (other.title, other.excerpt)
    return shared_phrases(seen or weights, *texts)[:MOST_TERMS]


def _facts(tie: Tie) -> tuple[str, ...]:
    return tie_facts(
        names=tie.names,
        named=tie.named,
        lists=tie.lists,
        hours=tie.hours,
        same_text=tie.same_text,
        same_provider=tie.same_provider,
        merged=tie.merged,
    )


def _by_editor(tie: Tie) -> bool:
    return tie.merged and tie.likelihood < LIKELY


def _name(page: Page) -> PageName:
    return PageName(
        id=page.public_id,
        url=page.canonical_url,
        title=page.title,
        provider=page.provider.name if page.provider else "",
        is_visible=page.is_visible,
    )


def _summary(members: Sequence[Membership]) -> str:
    """How the story was made: what its ties rest on."""
    ties = [member.tie for member in members if member.tie is not None]
    copied = sum(tie.same_text for tie in ties)
    # A merge of two stories lays down every page: most would hold without it.
    merged = sum(_by_editor(tie) and not tie.same_text for tie in ties)
    alike = [tie for tie in ties if not (tie.same_text or _by_editor(tie))]
    if not ties:
        return ""
    grounds = []
    if alike:
        lists = any(tie.names or tie.named or tie.lists for tie in alike)
        clues = ("related lists", "timing", "shared words")[not lists :]
        grounds.append(f"{series(clues)} link them")
    if copied == len(ties):
        grounds.append("they carry the same text")
    elif copied:
        grounds.append("1 is a reprint" if copied == 1 else f"{copied} are reprints")
    if merged:
        whom = "them" if merged == len(ties) else f"{merged} of them"
        grounds.append(f"an editor joined {whom}")
    return f"{counted(len(members), 'article')} are one story: {'; '.join(grounds)}."
