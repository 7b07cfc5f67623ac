"""Writes what is derived of single pages: words, standing, who speaks for them."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import datetime

from articles.library.decisions import EDIT_KINDS, READERS, edits_of
from articles.models import Article, Decision, Page
from articles.models.bulk import among, chunks, save_fields

from .departed import keep_ids, remove
from .home import addresses_of, homes
from .standing import Standing, standings
from .topics import edit_topics
from .words import SHOWN, set_words
from .work import Work

STANDING = ("article_id", "public_id", "is_listed", "is_withdrawn")


def derive_pages(
    some: Sequence[int], work: Work, *, left: Container[int], now: datetime
) -> None:
    """Derive some stale pages again; remove those that nothing names.

    Those `left` for later keep their words, unless another article speaks for them.
    """
    pages = list(Page.objects.filter(pk__in=among(some)))
    work.counts.pages(pages, -1)
    before = {page.pk: _state(page) for page in pages}
    words = {page.pk: _words(page) for page in pages}
    times = {page.pk: page.published_at for page in pages}
    found = standings(pages, now=now, known_as=_known_as(some))
    speaking = {pk: standing.shown for pk, standing in found.items()}
    due = [p for p in pages if p.pk not in left or p.article_id != _key(speaking[p.pk])]
    edits = edits_of(some)
    unnamed = set_words(due, speaking, edits)
    work.published |= edit_topics(
        {pk: standing.twins for pk, standing in found.items()}, speaking, edits
    )
    for page in pages:
        _set_standing(page, found[page.pk], work)
    kept = [page for page in pages if page not in set(unnamed)]
    work.counts.pages(kept, 1)
    changed = [page for page in kept if _state(page) != before[page.pk]]
    _save(changed, before)
    work.published = work.published or any(page.is_visible for page in changed)
    _publish_articles(found.values())
    # Of a page that was here all the time the ids lead nowhere else.
    keep_ids([page for page in kept if page.pk in work.content])
    remove(unnamed, work)
    if heirs := _edited_there(unnamed):
        derive_pages(sorted(heirs), work, left=(), now=now)
    work.stories |= {page.story_id for page in changed if page.story_id}
    # Of another time than before, if only since another twin speaks for them, they
    # may found another story.
    work.regrouped |= {p.pk for p in changed if p.published_at != times[p.pk]}
    work.reworded |= {page.pk for page in kept if _words(page) != words[page.pk]}


def _edited_there(gone: Iterable[Page]) -> set[int]:
    """Pages that are known under the addresses of pages that went, with their edits."""
    made = Decision.objects.standing().filter(kind__in=EDIT_KINDS)
    found: set[int] = set()
    for some in chunks(page.canonical_url for page in gone):
        named = made.filter(canonical_url__in=among(some)).with_pages()
        found.update(pk for pk in named.values_list("page", flat=True) if pk)
    return found


def _known_as(some: Sequence[int]) -> Mapping[str, int]:
    """Other addresses of these pages under which somebody decided about them."""
    decided: set[str] = set()
    for addresses in chunks(addresses_of(some)):
        made = Decision.objects.filter(
            kind__in=READERS, canonical_url__in=among(addresses)
        )
        decided.update(made.values_list("canonical_url", flat=True))
    return homes(decided) if decided else {}


def _set_standing(page: Page, standing: Standing, work: Work) -> None:
    """Set a page's standing in memory and note what else that changes."""
    speaker = standing.shown
    if page.is_listed != standing.is_listed or page.article_id != _key(speaker):
        work.speakers |= {pk for pk in (page.article_id, _key(speaker)) if pk}
    if page.is_listed != standing.is_listed:
        change = work.effects.listed if standing.is_listed else work.effects.hidden
        change.append(page.canonical_url)
    page.article = speaker
    page.public_id = speaker.public_id if speaker else page.key_id
    page.is_listed = standing.is_listed
    page.is_withdrawn = standing.is_withdrawn
    if page.story_id:
        # Its topics, or what an editor chose for it, may be others, which no field
        # of the page tells.
        work.stories.add(page.story_id)


def _key(speaker: Article | None) -> int | None:
    return speaker.pk if speaker else None


def _words(page: Page) -> list[object]:
    """What clustering looks at: never what an editor set."""
    said = page.drop_title, page.drop_excerpt
    own = (page.title, page.excerpt)
    words = [one if drop is None else drop for drop, one in zip(said, own, strict=True)]
    return [*words, page.published_at, page.provider_id]


def _state(page: Page) -> list[object]:
    return [getattr(page, name) for name in (*STANDING, *SHOWN)]


def _save(changed: Iterable[Page], before: Mapping[int, list[object]]) -> None:
    """Write pages that differ from what they were: each column costs its indexes."""
    worded: list[Page] = []
    others: list[Page] = []
    shown = slice(len(STANDING), None)
    for page in changed:
        # Nearly all new ones came with their words.
        alike = _state(page)[shown] == before[page.pk][shown]
        (others if alike else worded).append(page)
    save_fields(worded, (*STANDING, *SHOWN))
    save_fields(others, STANDING)


def _publish_articles(found: Iterable[Standing]) -> None:
    """Write what readers get of each article, where that changed."""
    behind = []
    for standing in found:
        for article in standing.twins:
            wanted = standing.published[article.pk], standing.decided
            if (article.published, article.decided) != wanted:
                article.published, article.decided = wanted
                behind.append(article)
    save_fields(behind, ["published", "decided"])
