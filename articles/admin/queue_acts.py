"""What an editor does in the queue: to a story, to several, and back again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.contrib import messages
from django.http import HttpRequest

from articles.models import Decision, QueuedStory
from articles.models.bulk import chunks
from articles.models.writing import writing
from articles.publishing import (
    NothingToDecide,
    decide,
    new_act,
    publish_at,
    undo,
)
from articles.rules.phrasing import counted
from articles.selectors.desk.queue import state_of, waiting_pages
from articles.selectors.desk.since import (
    decided_about,
    later_about,
    newest_decision,
    who_did,
)

from .actor import actor
from .deciding import AN_IMPORT, MANY
from .shown import UNSAID, Row, oldest
from .times import due_of, in_words

Kind = Decision.Kind
MOST = 500  # that one form decides about
NAMED = 5  # rows that a refusal names
GONE = "no list, count or feed names {them}, whoever links {them}"


class State(NamedTuple):
    """What has become of a row."""

    story: int
    name: str  # published, withdrawn, planned, waits or refused
    words: str
    shown: Row | None = None  # of a row that can be decided about


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a form, in words, and the act by which it can be taken back."""

    words: str
    act: str = ""
    level: int = messages.SUCCESS
    refused: list[str] = field(default_factory=list)
    states: list[State] = field(default_factory=list)

    @property
    def level_tag(self) -> str:
        return messages.DEFAULT_TAGS[self.level]


Shown = Mapping[int, Row]
Act = Callable[[HttpRequest, Sequence[int], Shown], Outcome]


def publish_best(request: HttpRequest, stories: Sequence[int], shown: Shown) -> Outcome:
    """Publish the best article of each story."""

    def done(rows: Sequence[QueuedStory], act: str) -> str:
        decide(Kind.PUBLISH, [row.best for row in rows], act=act, by=actor(request))
        return f"Published: {_called(rows)}."

    return _decided(stories, shown, done, "published", "Published")


def withdraw_all(request: HttpRequest, stories: Sequence[int], shown: Shown) -> Outcome:
    """Withdraw all articles of each story that wait."""

    def done(rows: Sequence[QueuedStory], act: str) -> str:
        pages = waiting_pages([row.story_id for row in rows])
        decide(Kind.WITHDRAW, pages, act=act, by=actor(request))
        them = "it" if len(pages) == 1 else "them"
        number = counted(len(pages), "article")
        return f"Withdrawn: {number} of {_called(rows)}: {GONE.format(them=them)}."

    return _decided(stories, shown, done, "withdrawn", "Withdrawn")


def plan(request: HttpRequest, stories: Sequence[int], shown: Shown) -> Outcome:
    """Publish the best article of a story at a time."""
    due = due_of(request.POST)
    at = in_words(due)
    with writing():
        rows, states = _as_shown(stories, shown)
        if not rows:
            return _nothing(states)
        act = publish_at([row.best for row in rows], due, by=actor(request))
        newest = newest_decision()
    states += [
        State(row.story_id, "planned", f"Goes out {at}", _shown(row, newest))
        for row in rows
    ]
    return Outcome(f"To be published {at}: {_called(rows)}.", act, states=states)


def take_back(request: HttpRequest, act: str) -> Outcome:
    """Undo an act of the user's own, unless others decided on all of it since."""
    with writing():
        made = list(Decision.objects.filter(act=act).order_by("pk")) if act else []
        if not made or any(one.by_id != request.user.pk for one in made):
            raise NothingToDecide("you did no such thing here")
        if all(one.undone_at for one in made):
            raise NothingToDecide("that was undone already")
        concerned = decided_about(made)
        since = later_about(made[-1].pk, {page.pk for page in concerned})
        if concerned and len(since) == len(concerned):
            told = "; ".join(map(who_did, list(since.values())[:NAMED]))
            raise NothingToDecide(f"{told}. That stands: undo it first")
        undo(act, by=actor(request))
        states = _waiting_again({p.story_id for p in concerned if p.story_id})
    kept = [
        f"“{page}” was left as it is: {who_did(since[page.pk])}. That stands."
        for page in concerned
        if page.pk in since
    ]
    back = [page for page in concerned if page.pk not in since]
    names = f"“{back[0]}”" if len(back) == 1 else counted(len(back), "article")
    return Outcome(f"Undone: {names}.", refused=kept[:NAMED], states=states)


def _decided(
    stories: Sequence[int],
    shown: Shown,
    done: Callable[[Sequence[QueuedStory], str], str],
    name: str,
    words: str,
) -> Outcome:
    """Decide on those rows that are as they were shown, as one act.

    Very many go some at a time, so that nobody else waits for all of them.
    """
    if len(stories) > MOST:
        raise NothingToDecide(f"choose at most {MOST} stories")
    act, said = new_act(), ""
    decided: list[QueuedStory] = []
    states: list[State] = []
    for some in chunks(stories, MANY):
        with writing():
            rows, refused = _as_shown(some, shown)
            states += refused
            if rows:
                said = done(rows, act)
                decided += rows
    if not decided:
        return _nothing(states)
    if len(stories) > MANY:
        said = f"{words}: {_called(decided)}."
    refusals = _refusals(states)
    states += [State(row.story_id, name, words) for row in decided]
    return Outcome(said, act, refused=refusals, states=states)


def _as_shown(
    stories: Sequence[int], shown: Shown
) -> tuple[list[QueuedStory], list[State]]:
    """Rows that are as they were shown, and what befell the others."""
    rows = QueuedStory.objects.select_related("best__article", "story")
    found = rows.in_bulk(stories)
    asked = {pk: shown[pk] for pk in stories if pk in shown}
    since = later_about(oldest(asked), stories=stories) if asked else {}
    kept, refused = [], []
    for pk in stories:
        row, was, one = found.get(pk), asked.get(pk), since.get(pk)
        if was is None:
            reason = UNSAID
        elif one is not None and one.pk > was.newest:
            reason = who_did(one)
        elif row is None or was.state != state_of(row.best_id, row.waiting):
            reason = AN_IMPORT
        else:
            kept.append(row)
            continue
        title = f"“{_title(row)}”" if row else "A story"
        refused.append(State(pk, "refused", f"{title} was left as it is: {reason}."))
    return kept, refused


def _waiting_again(stories: Collection[int]) -> list[State]:
    rows = list(QueuedStory.objects.filter(pk__in=stories))
    newest = newest_decision() if rows else 0
    return [State(row.pk, "waits", "Waits again", _shown(row, newest)) for row in rows]


def _shown(row: QueuedStory, newest: int) -> Row:
    return Row(row.pk, state_of(row.best_id, row.waiting), newest)


def _nothing(refused: Sequence[State]) -> Outcome:
    if not refused:
        raise NothingToDecide("select one or more stories")
    first, *more = _refusals(refused)
    return Outcome(first, level=messages.WARNING, refused=more, states=[*refused])


def _refusals(refused: Sequence[State]) -> list[str]:
    said = [one.words for one in refused[:NAMED]]
    if more := len(refused) - len(said):
        said.append(f"{counted(more, 'more story')} also stayed as they were.")
    return said


def _called(rows: Sequence[QueuedStory]) -> str:
    return f"“{_title(rows[0])}”" if len(rows) == 1 else counted(len(rows), "story")


def _title(row: QueuedStory) -> str:
    return row.story.title or str(row.best)


ACTS: dict[str, Act] = {
    "publish": publish_best,
    "withdraw": withdraw_all,
    "publish_at": plan,
}
BULK: dict[str, Act] = {"publish": publish_best, "withdraw": withdraw_all}
