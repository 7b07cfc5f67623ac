"""What must hold of what readers get at any moment, also between two steps."""

from __future__ import annotations

from django.db.models import F, Q

from articles.models import (
    ArticleTopic,
    Mention,
    Page,
    RenderedStory,
    SearchEntry,
    SearchWord,
    Story,
    StoryProvider,
    StoryTopic,
    Suggestion,
)
from articles.models.page import PageQuerySet
from articles.rendering.render import is_current, render_stories
from articles.search.vocabulary import words_of
from articles.settle.queue import queue_again
from articles.settle.recount import recount
from articles.settle.rendered import FIELDS


def assert_whole() -> None:
    """Stories whole, counts those of what is shown, nothing hidden to be found."""
    seen = Page.objects.visible()
    assert not seen.filter(is_withdrawn=True).exists()
    assert not seen.filter(Q(story=None) | Q(title="") | Q(published_at=None)).exists()
    assert not Page.objects.filter(is_listed=True, is_visible=False).exists()
    assert not Page.objects.listed().filter(article=None, twins__isnull=False).exists()
    assert not Story.objects.exclude(founder__story=F("pk")).exists()
    assert not Story.objects.filter(pages=None).exists()
    assert not Story.objects.exclude(public_id=F("founder__public_id")).exists()
    held = set(SearchEntry.objects.values_list("page", flat=True))
    assert held == set(seen.values_list("pk", flat=True))
    _assert_words(seen)
    for story in Story.objects.all():
        _assert_figures(story)
    _assert_rendered()
    _assert_suggested()
    assert recount(mend=False) == 0
    if not Page.objects.stale().exists():
        assert queue_again(mend=False) == 0


def _assert_words(seen: PageQuerySet) -> None:
    """A misspelt word is put right by words that visible pages say, and by no other."""
    texts = seen.values_list("title", "excerpt", "provider__name")
    said = {word for some in texts for word in words_of(some)}
    titles = Story.objects.filter(lead__in=seen).values_list("title", flat=True)
    assert set(SearchWord.objects.values_list("letters", flat=True)) == {
        *said,
        *words_of(titles),
    }
    assert not SearchWord.objects.filter(entry=None).exists()


def _assert_rendered() -> None:
    """What is kept rendered is what would be rendered now, of listed stories alone."""
    listed = list(Story.objects.listed())
    kept = {one.pk: one for one in RenderedStory.objects.all()}
    assert kept.keys() == {story.pk for story in listed}
    for now in render_stories(listed):
        held = kept[now.pk]
        if is_current(held.made_by):
            assert _told(held) == _told(now)
        else:
            assert set(_told(held)) == {""}


def _assert_suggested() -> None:
    """What the desk is shown is about stories as they are now."""
    for one in Suggestion.objects.open():
        members = set(one.story.pages.values_list("pk", flat=True))
        assert one.leaves < members
        assert bool(one.leaves) == (one.kind == Suggestion.Kind.SPLIT)
        assert (one.other is None) == (one.kind == Suggestion.Kind.SPLIT)


def _told(one: RenderedStory) -> list[str]:
    return [getattr(one, name) for name in FIELDS if name != "made_by"]


def _assert_figures(story: Story) -> None:
    """Counts, times and labels are those of the pages that readers see."""
    seen = list(Page.objects.visible().filter(story=story))
    assert story.page_count == len(seen)
    assert story.provider_count == len({page.provider_id for page in seen})
    times = [page.published_at for page in seen]
    assert story.first_at == min(times, default=None)
    assert story.latest_at == max(times, default=None)
    assert (story.lead_id is None) == (not any(page.is_listed for page in seen))
    if story.lead_id:
        assert story.lead_id in {page.pk for page in seen if page.is_listed}
        founder = min(
            Page.objects.filter(story=story),
            key=lambda page: (page.published_at, page.canonical_url),
        )
        assert story.founder_id == founder.pk
    shares = StoryProvider.objects.filter(story=story)
    if shares.exists():
        assert {one.provider_id for one in shares} == {one.provider_id for one in seen}
    labels = StoryTopic.objects.filter(story=story)
    assert not labels.exclude(latest_at=story.latest_at).exists()
    if not any(page.stale for page in seen):
        topics = ArticleTopic.objects.filter(
            article__shown_on__story=story, article__shown_on__is_listed=True
        )
        assert set(labels.values_list("topic", flat=True)) == set(
            topics.values_list("topic", flat=True)
        )


def assert_named() -> None:
    """What is not listed is seen only where a listed list names it; all settled."""
    for page in Page.objects.visible().filter(is_listed=False):
        assert Mention.objects.filter(
            page=page, article__shown_on__is_listed=True
        ).exists()
