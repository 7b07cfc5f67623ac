"""The options of a facet as fields of the panel."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from articles.selectors.facet_counts import Option
from articles.selectors.facets import Facet
from articles.selectors.names import KnownName

SHOWN = 12  # in sight


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a facet as a field; `stories` are left where it is chosen."""

    value: str
    name: str
    stories: str  # "12", "300+"
    chosen: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """A facet's options, in sight and behind "more"; `others`: there are others yet."""

    shown: tuple[Choice, ...]
    more: tuple[Choice, ...] = ()
    others: bool = False


def named_choices(
    facet: Facet, chosen: Collection[KnownName], *, most: int | None = None
) -> Choices:
    """The options that count most, and those that are chosen, in sight."""
    taken = {named.value for named in chosen}
    counted = {option.value for option in facet.options}
    nothing = [Option(named.value, named.name, 0) for named in chosen]
    options = [
        *facet.options,
        *(option for option in nothing if option.value not in counted),
    ]
    room = max(SHOWN - len(taken), 0)
    others = [option for option in options if option.value not in taken]
    sight = taken | {option.value for option in others[:room]}
    behind = others[room : None if most is None else max(most - len(taken), 0)]
    return Choices(
        tuple(_choice(o, facet, o.value in taken) for o in options if o.value in sight),
        tuple(_choice(option, facet, False) for option in behind),
        others=len(others) > room + len(behind),
    )


def given_choices(facet: Facet, names: Mapping[str, str], chosen: object) -> Choices:
    """Options in the order of `names`, which are by their values."""
    counted = {option.value: option.stories for option in facet.options}
    found = []
    for value, name in names.items():
        taken = value == str(chosen)
        if taken or value in counted:
            option = Option(value, name, counted.get(value, 0))
            found.append(_choice(option, facet, taken))
    return Choices(tuple(found))


def _choice(option: Option, facet: Facet, chosen: bool) -> Choice:
    stories = f"{option.stories:,}{'+' if facet.sampled else ''}"
    return Choice(option.value, option.name or option.value, stories, chosen)
