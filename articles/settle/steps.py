"""Brings everything derived up to date with the drops and the decisions.

What readers get is a function of both. Whoever changes either marks the pages
concerned as stale in the same transaction; `settle` derives them again. If a
process dies in between, the marks remain and the next run goes on from them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from articles.models import Alias, Article, Decision, Mention, Page, RelatedLink, Stale
from articles.models.bulk import chunks, save_fields
from articles.search import index

from .figures import refresh
from .home import addresses_of, homes, rehome
from .names import name_providers
from .standing import AHEAD, KINDS, Standing, named_by_listed, standings
from .stories import post, reached, regroup
from .words import SHOWN, word

STANDING = ("article_id", "public_id", "is_listed", "is_withdrawn")


@dataclass(slots=True)
class Effects:
    """What a settling changed for readers: canonical URLs of pages."""

    listed: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)  # to another story


@dataclass(slots=True)
class _Round:
    """What one settling has found out so far; all are primary keys."""

    touched: set[int] = field(default_factory=set)  # pages to cluster again
    restand: set[int] = field(default_factory=set)  # pages to be seen or not
    speakers: set[int] = field(default_factory=set)  # articles heard or silenced
    stories: set[int] = field(default_factory=set)  # with figures to refresh
    providers: set[int] = field(default_factory=set)
    rehomed: dict[int, int] = field(default_factory=dict)  # old page -> new
    effects: Effects = field(default_factory=Effects)


def settle(*, now: datetime | None = None, effects: Effects | None = None) -> None:
    """Derive all stale pages, their stories and publishers again, or nothing.

    Where `effects` is given, what changes for readers is noted in it.
    """
    now = now or timezone.now()
    effects = effects or Effects()
    with transaction.atomic():
        _wake_waiting(now)
        this = _Round(effects=effects)
        _at_home(this)
        stale = list(Page.objects.stale().order_by("pk").values_list("pk", flat=True))
        if not stale:
            return
        this.restand |= set(stale)
        changed = list(
            Page.objects.filter(stale=Stale.CONTENT)
            .order_by("pk")
            .values_list("pk", flat=True)
        )
        this.touched |= reached(changed)
        for held in chunks(stale):
            _derive(held, this, now=now)
        for held in chunks(sorted(this.speakers)):
            named = Mention.objects.filter(article__in=held)
            this.restand |= set(named.values_list("page", flat=True).distinct())
        for held in chunks(sorted(this.restand)):
            _show_or_hide(held, this)
        post(changed)
        this.touched |= reached(changed)
        this.stories |= regroup(this.touched, moved=effects.moved)
        refresh(this.stories)
        name_providers(this.providers)
        index(this.restand)
        for held in chunks(stale):
            Page.objects.filter(pk__in=held).update(stale=Stale.NO)


def _wake_waiting(now: datetime) -> None:
    """Mark pages whose drops were dated ahead and whose day has come."""
    due = Article.objects.filter(
        drop_published=True,
        drop_removed=False,
        published=False,
        published_at__lte=now + AHEAD,
    )
    Page.objects.filter(twins__in=due, is_withdrawn=False, stale=Stale.NO).update(
        stale=Stale.STANDING
    )


def _derive(held: Sequence[int], this: _Round, *, now: datetime) -> None:
    """Words, standing and speaker of some stale pages; drop those nothing names."""
    pages = list(Page.objects.filter(pk__in=held).select_related("article"))
    before = {page.pk: _state(page) for page in pages}
    found = standings(pages, now=now, known_as=_known_as(held))
    unnamed = word(pages, {pk: standing.shown for pk, standing in found.items()})
    for page in pages:
        _note(page, found[page.pk], this)
    gone = {page.pk for page in unnamed}
    changed = [
        page
        for page in pages
        if page.pk not in gone and _state(page) != before[page.pk]
    ]
    save_fields(changed, (*STANDING, *SHOWN))
    _publish_articles(found)
    # What is still here leads nowhere else.
    Alias.objects.filter(
        public_id__in=[page.key_id for page in pages if page.pk not in gone]
    ).delete()
    _delete(unnamed, this)
    this.stories |= {page.story_id for page in changed if page.story_id}


def _known_as(held: Sequence[int]) -> dict[str, int]:
    """Other addresses of these pages under which somebody decided about them."""
    decided: set[str] = set()
    for some in chunks(addresses_of(held)):
        made = Decision.objects.filter(kind__in=KINDS, canonical_url__in=some)
        decided.update(made.values_list("canonical_url", flat=True))
    return homes(decided) if decided else {}


def _note(page: Page, standing: Standing, this: _Round) -> None:
    """Set a page's standing in memory and note what else that changes."""
    speaker = standing.shown
    if page.is_listed != standing.is_listed or page.article != speaker:
        this.speakers |= {held.pk for held in (page.article, speaker) if held}
    if page.is_listed != standing.is_listed:
        change = this.effects.listed if standing.is_listed else this.effects.hidden
        change.append(page.canonical_url)
    page.article = speaker
    page.public_id = speaker.public_id if speaker else page.key_id
    page.is_listed = standing.is_listed
    page.is_withdrawn = standing.is_withdrawn
    if page.stale == Stale.CONTENT:
        # Its topics may be others, which no field of the page tells.
        this.stories |= {page.story_id} if page.story_id else set()


def _state(page: Page) -> list[object]:
    return [getattr(page, name) for name in (*STANDING, *SHOWN)]


def _publish_articles(found: dict[int, Standing]) -> None:
    """Write what readers get of each article, where that changed."""
    wanted = {
        article: (value, standing.decided)
        for standing in found.values()
        for article, value in standing.published.items()
    }
    behind = []
    for article in Article.objects.filter(pk__in=list(wanted)).only(
        "published", "decided"
    ):
        if (article.published, article.decided) != wanted[article.pk]:
            article.published, article.decided = wanted[article.pk]
            behind.append(article)
    save_fields(behind, ["published", "decided"])


def _at_home(this: _Round) -> None:
    """Let the facts about stale pages be at the pages they belong to."""
    told = list(
        Page.objects.filter(stale=Stale.CONTENT)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    for held in chunks(told):
        for model in (Article, RelatedLink):
            tellers = model._default_manager.filter(page__in=held).order_by()
            providers = tellers.values_list("provider", flat=True).distinct()
            this.providers.update(providers)
        _forget_unsaid(held)
    this.rehomed = rehome(told)
    for held in chunks({*this.rehomed.keys(), *this.rehomed.values()}):
        Page.objects.filter(pk__in=held).update(stale=Stale.CONTENT)


def _forget_unsaid(held: Sequence[int]) -> None:
    """Delete wordings of these pages that no list uses any more."""
    used = Mention.objects.filter(page=OuterRef("page"), related_link=OuterRef("pk"))
    RelatedLink.objects.filter(~Exists(used), page__in=held).delete()


def _delete(unnamed: Sequence[Page], this: _Round) -> None:
    """Delete pages that neither a drop nor a list names; their stories are rebuilt.

    Their ids lead on to another page of the story they were in.
    """
    gone = {page.pk for page in unnamed}
    for page in unnamed:
        if not page.story_id:
            continue
        this.stories.add(page.story_id)
        rest = set(
            Page.objects.filter(story=page.story_id).values_list("pk", flat=True)
        )
        led = Alias.objects.filter(public_id=page.key_id).exclude(page__in=gone)
        heir = (
            this.rehomed.get(page.pk)
            or led.values_list("page", flat=True).first()
            or min(rest - gone, default=None)
        )
        if heir is not None:
            _lead_on(page, heir)
    this.restand -= gone
    Page.objects.filter(pk__in=gone).delete()


def _lead_on(page: Page, heir: int) -> None:
    """Let all ids that led to a page lead to another one."""
    Alias.objects.filter(page=page).update(page=heir)
    for public_id in {page.key_id, page.public_id}:
        Alias.objects.update_or_create(public_id=public_id, defaults={"page_id": heir})


def _show_or_hide(held: Sequence[int], this: _Round) -> None:
    named = named_by_listed(held)
    pages = Page.objects.filter(pk__in=held).only(
        "is_listed", "is_visible", "is_withdrawn", "story"
    )
    changed = []
    for page in pages:
        seen = not page.is_withdrawn and (page.is_listed or page.pk in named)
        if page.is_visible != seen:
            page.is_visible = seen
            changed.append(page)
    save_fields(changed, ["is_visible"])
    this.stories |= {page.story_id for page in changed if page.story_id}
