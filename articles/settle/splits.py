"""Stories of several publishers that may be two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from articles.clustering.suggest import Cut, Report, beyond, called, cut_of, words_of
from articles.models import Page, Story, Suggestion
from articles.models.bulk import among

from .suggested import HOUR, NAMED, SEVERAL, Found


def splits(held: Mapping[int, Story]) -> Iterator[Found]:
    """What these stories suggest, one at a time, and at most one of each."""
    large = [pk for pk, one in held.items() if one.provider_count >= SEVERAL]
    for pk, reports in _reports(large).items():
        cut = cut_of(reports.values())
        if cut is not None:
            yield _found(held[pk], cut, reports)


def _reports(stories: Iterable[int]) -> dict[int, dict[int, Report]]:
    """All dated pages of each story by pk, hidden ones too: they go with a part."""
    found: dict[int, dict[int, Report]] = defaultdict(dict)
    rows = Page.objects.filter(story__in=among(stories)).exclude(published_at=None)
    for story, pk, at, url, title, excerpt in rows.values_list(
        "story", "pk", "published_at", "canonical_url", "title", "excerpt"
    ):
        assert at is not None
        found[story][pk] = Report(url, title, excerpt, at.timestamp() / HOUR)
    return found


def _found(story: Story, cut: Cut, reports: Mapping[int, Report]) -> Found:
    pk_of = {report.key: pk for pk, report in reports.items()}
    staying, leaving = (
        [pk_of[key] for key in part] for part in (cut.staying, cut.leaving)
    )
    one, other = ([reports[pk].title for pk in part] for part in (staying, leaving))
    row = Suggestion(
        kind=Suggestion.Kind.SPLIT,
        reason=Suggestion.Reason(cut.reason),
        story=story,
        leaving=" ".join(map(str, leaving)),
        words=_own(one, other),
        other_words=_own(other, one),
        likeness=cut.likeness,
        silence_hours=cut.silence_hours,
        publishers=story.provider_count,
        strength=1.0 - cut.likeness,
    )
    return Found(row, (staying, leaving))


def _own(titles: Sequence[str], others: Sequence[str]) -> str:
    """What some titles say and others do not."""
    words = beyond(words_of(titles), words_of(others))
    return ", ".join(called(words, titles, most=NAMED))
