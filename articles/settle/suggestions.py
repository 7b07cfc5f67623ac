"""What an editor may want to look at, kept ready for the desk.

Stories that a step changes lose what was suggested about them and are marked. When all
is settled, the marked ones that readers see are judged again, some at a time. So it is
the same whether stories came one by one or all at once.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Sequence

from articles.library.answers import Answers
from articles.models import Page, Story, Suggestion
from articles.models.bulk import among, chunks, create_rows
from articles.models.writing import writing

from .merges import merges
from .pace import Pace
from .splits import splits
from .suggested import listed_stories

WINDOW = 20_000  # stories that are looked up together
AT_ONCE = 20  # that an act judges at once; the next settling judges the others


def judge_later(stories: Iterable[int], *, regrouped: bool) -> None:
    """Let stories wait to be judged.

    What was suggested about them goes if they may have other pages than they had.
    """
    for some in chunks(sorted(stories)):
        Story.objects.filter(pk__in=among(some), judged=True).update(judged=False)
        if regrouped:
            Suggestion.objects.about(among(some)).delete()


def judge_waiting(aim_s: float, stop: Callable[[], bool]) -> bool:
    """Judge all stories that wait for it, some at a time; return whether that was all.

    Each time is a transaction that takes so many CPU seconds; `stop` is asked before.
    """
    pace = Pace(aim_s=aim_s)
    while stories := unjudged():
        for some in pace.cut(stories):
            if stop():
                return False
            begun = time.process_time()
            with writing():
                judge(some)
            pace.note(time.process_time() - begun)
    if Suggestion.objects.hidden().exists():
        with writing():
            Suggestion.objects.hidden().delete()
    return True


def unjudged() -> list[int]:
    """Listed stories that wait to be judged, those of few publishers first."""
    waiting = Story.objects.listed().filter(judged=False)
    order = waiting.order_by("provider_count", "pk")
    return list(order.values_list("pk", flat=True)[:WINDOW])


def judge_few(stories: Collection[int]) -> None:
    """Judge as many of the stories as somebody should wait for."""
    judge(sorted(stories)[:AT_ONCE], in_turn=False)


def judge_of(pages: Collection[int]) -> None:
    """Judge the stories of these pages."""
    stories = Page.objects.filter(pk__in=among(pages)).exclude(story=None)
    judge_few(set(stories.values_list("story", flat=True)))


def judge(stories: Sequence[int], *, in_turn: bool = True) -> None:
    """Make anew what is suggested about these stories.

    Where all that wait have their turn, pairs with one of them are left until then.
    """
    Suggestion.objects.about(among(stories)).delete()
    held = listed_stories(stories)
    found = [*splits(held), *merges(held, in_turn=in_turn)]
    answers = Answers.about(
        {page for one in found for part in one.parts for page in part}
    )
    for one in found:
        one.row.answered = answers.settle(one.row.kind, *one.parts)
    create_rows([one.row for one in found])
    Story.objects.filter(pk__in=among(stories)).update(judged=True)
