"""Acts of editors in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC

from articles.library.decisions import EDIT_KINDS, PAIR_KINDS, Named, ends_of, moment
from articles.models import Decision
from articles.rules.phrasing import series

Kind = Decision.Kind
NAMED_IN_FULL = 4  # pages of one act
PATTERNS = {
    Kind.PUBLISH: "published {subject}",
    Kind.WITHDRAW: "withdrew {subject}",
    Kind.MERGE: "merged {subject} with {others}",
    Kind.SPLIT: "split {subject} from {others}",
    Kind.LEAD: "made {subject} the lead",
    Kind.TITLE: "gave the story of {subject} the title “{value}”",
    Kind.PIN: "pinned the story of {subject}",
    Kind.UNPIN: "unpinned the story of {subject}",
    Kind.DISMISS: "dismissed a suggestion about {subject} and {others}",
    Kind.NOTE: "left a note about the story of {subject}",
}
# Of these, what no value means.
WITHOUT_VALUE = {
    Kind.TITLE: "gave its title back to the story of {subject}",
    Kind.PIN: "pinned the story of {subject}",
    Kind.NOTE: "took the note about the story of {subject} away",
}


def act_in_words(held: Sequence[Decision], title_of: Mapping[Named, str]) -> str:
    """What an act did, in words that follow its author; its decisions in order.

    `title_of` has what the pages that they name are called; others go by their names.
    """
    first = held[0]
    ends = [[_called(named, title_of) for named in ends_of(one)] for one in held]
    subject, others = _several(one[0] for one in ends), ""
    if first.other_url:
        others = _several(one[1] for one in ends if len(one) > 1)
    if first.kind in PAIR_KINDS and first.value == "move":
        merged = [one for one in held if one.kind == Kind.MERGE]
        pairs = [[_called(named, title_of) for named in ends_of(one)] for one in merged]
        there = _several(one[1] for one in pairs)
        return f"moved {_several(one[0] for one in pairs)} to the story of {there}"
    if first.kind in EDIT_KINDS:
        return _edited(held, subject)
    if not first.value and first.kind in WITHOUT_VALUE:
        return WITHOUT_VALUE[Kind(first.kind)].format(subject=subject)
    if first.kind == Kind.PIN:
        return f"pinned the story of {subject} until {_at(first.value)}"
    if first.kind == Kind.PUBLISH_AT:
        return f"planned to publish {subject} at {_at(first.value)}"
    pattern = PATTERNS.get(Kind(first.kind), f"{first.get_kind_display()}: {{subject}}")
    return pattern.format(subject=subject, others=others, value=first.value)


def _edited(held: Sequence[Decision], subject: str) -> str:
    """What was set of an article, or given back to its drop."""

    def fields(made: Iterable[Decision]) -> str:
        return series([Kind(one.kind).label.partition(" ")[0] for one in made])

    given, back = (
        [one for one in held if one.value],
        [one for one in held if not one.value],
    )
    said = [f"set {fields(given)} of {subject}"] if given else []
    said += [f"gave {fields(back)} of {subject} back to its drop"] if back else []
    return " and ".join(said)


def _at(value: str) -> str:
    """The time that a decision names; it is kept with the zone of whoever gave it."""
    at = moment(value)
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if at else "no time"


def _called(named: Named, title_of: Mapping[Named, str]) -> str:
    return f"“{title_of.get(named) or named[0] or named[1]}”"


def _several(names: Iterable[str]) -> str:
    held = list(dict.fromkeys(names))
    more = len(held) - NAMED_IN_FULL
    if more > 0:
        return series([*held[:NAMED_IN_FULL], f"{more} more"])
    return ", ".join(held)
