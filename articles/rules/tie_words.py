"""What ties two pages, in words."""

from __future__ import annotations


def tie_facts(
    *,
    names: bool,
    named: bool,
    lists: int,
    hours: float,
    same_text: bool,
    same_provider: bool,
    merged: bool,
) -> tuple[str, ...]:
    """The facts of a tie from a page to another ("it"), the strongest first.

    `lists` is how many further lists name both; `hours` count from the other page.
    """
    facts = []
    if merged:
        facts.append("an editor joined them")
    if same_text:
        facts.append("the same text")
    if names or named:
        facts.append(
            "each names the other as related"
            if names and named
            else "names it as related"
            if names
            else "is named by it as related"
        )
    elif lists:
        facts.append("1 list names both" if lists == 1 else f"{lists} lists name both")
    facts.append(_distance(hours))
    if same_provider:
        facts.append("the same publisher")
    return tuple(facts)


def _distance(hours: float) -> str:
    minutes = round(abs(hours) * 60)
    if minutes == 0:
        return "at the same minute"
    which = "later" if hours > 0 else "earlier"
    if minutes < 60:
        return f"{minutes} min {which}"
    if minutes < 48 * 60:
        return f"{round(minutes / 60)} h {which}"
    return f"{round(minutes / 60 / 24)} days {which}"
