"""Acts about any stories, with what each is to lead to: members and addresses."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from articles.library.decisions import age
from articles.models import Page, Story
from articles.publishing import merge, move, split

Stories = dict[frozenset[str], str]  # URLs of a story's pages -> its public id
NEW = "any that no story had"


def stories() -> Stories:
    """All stories; no two have one address."""
    held: dict[int, set[str]] = {}
    for url, story in Page.objects.values_list("canonical_url", "story"):
        held.setdefault(story, set()).add(url)
    assert None not in held
    ids = dict(Story.objects.values_list("pk", "public_id"))
    assert ids.keys() == held.keys()
    assert len(set(ids.values())) == len(ids)
    return {frozenset(urls): ids[story] for story, urls in held.items()}


def members(story: Story) -> list[Page]:
    return sorted(story.pages.all(), key=age)


def urls_of(pages: Sequence[Page]) -> frozenset[str]:
    return frozenset(page.canonical_url for page in pages)


def split_off(pages: Sequence[Page], before: Stories) -> str:
    """Split, and see that just that comes of it; returns the act."""
    chosen, whole = urls_of(pages), _story_of(pages, before)
    act = split(pages)
    wanted = {urls: id for urls, id in before.items() if urls != whole}
    _expect(wanted | {whole - chosen: before[whole], chosen: NEW}, before)
    return act


def carry(pages: Sequence[Page], to: Story, before: Stories) -> str:
    """Move pages to another story, and see that just that comes of it."""
    chosen, whole = urls_of(pages), _story_of(pages, before)
    there = urls_of(members(to))
    act = move(pages, to)
    wanted = {urls: id for urls, id in before.items() if urls not in (whole, there)}
    if whole - chosen:
        wanted[whole - chosen] = before[whole]
    _expect(wanted | {there | chosen: before[there]}, before)
    return act


def join(one: Story, other: Story, before: Stories) -> str:
    """Merge two stories, and see that just that comes of it."""
    first, second = sorted((members(one), members(other)), key=lambda p: age(p[0]))
    act = merge([one, other])
    sides = urls_of(first), urls_of(second)
    wanted = {urls: id for urls, id in before.items() if urls not in sides}
    _expect(wanted | {sides[0] | sides[1]: before[sides[0]]}, before)
    return act


def act_at_random(chance: Random, story: Story, other: Story, before: Stories) -> str:
    """One of the acts, on some pages of a story."""
    pages = members(story)
    some = chance.randint(1, max(1, len(pages) - 1))
    # The earliest found stories, so they are chosen more often than others.
    chosen = pages[:some] if chance.random() < 0.4 else chance.sample(pages, some)
    kind = chance.choice(["split", "split", "move", "merge"])
    if kind == "split" and len(pages) > 1:
        return split_off(chosen, before)
    if kind == "move":
        return carry(chosen, other, before)
    return join(story, other, before)


def _story_of(pages: Sequence[Page], before: Stories) -> frozenset[str]:
    return next(urls for urls in before if pages[0].canonical_url in urls)


def _expect(wanted: Stories, before: Stories) -> None:
    found = stories()
    assert found.keys() == wanted.keys(), [
        sorted(urls) for urls in found.keys() ^ wanted.keys()
    ]
    for urls, id in wanted.items():
        if id == NEW:
            assert found[urls] not in before.values() or urls in before
        else:
            assert found[urls] == id, sorted(urls)
