"""Six weeks of real drops, with their changes of URL, leave what editors laid down."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles.ingest.finding.sources import find_sources
from articles.ingest.run import Options, run_import
from articles.library.decisions import contradictions
from articles.models import Article, Decision, Page, Story
from articles.publishing import (
    edit,
    lead,
    merge,
    move,
    pin,
    plans,
    publish,
    publish_at,
    split,
    withdraw,
)
from articles.rules.edits import Picture
from articles.tests.make import NOW

pytestmark = pytest.mark.django_db


def snapshot(folder: Path, names: set[str] | None = None) -> None:
    """Import the drops of a snapshot, or those of some sources."""
    sources = [
        source
        for source in find_sources(folder)
        if names is None or source.source_name in names
    ]
    assert not run_import(sources, Options(), now=NOW).rejected


def articles_of(story: Story) -> list[Article]:
    return list(Article.objects.filter(page__story=story).order_by("source_name"))


def story_of(source: str) -> Story:
    found = Page.objects.get(twins__source_name=source).story
    assert found is not None
    return found


def names(articles: list[Article]) -> list[str]:
    return [article.source_name for article in articles]


def restless(folder: Path) -> set[str]:
    """Sources whose files change their URL most often from snapshot to snapshot."""
    urls: dict[str, set[str]] = {}
    for one in sorted(folder.glob("[01][0-9]/*")):
        for line in one.read_bytes().decode().splitlines():
            if line.startswith("webUrl:"):
                urls.setdefault(one.stem, set()).add(line)
                break
    often = Counter({name: len(held) for name, held in urls.items() if len(held) > 1})
    return {name for name, _ in often.most_common(40)}


@pytest.mark.parametrize(
    "every", [False, pytest.param(True, marks=pytest.mark.nightly)]
)
def test_a_merge_a_split_a_move_and_a_lead_survive_the_snapshots(redrops, every):
    """Every drop comes again, or those of the acts and those that move most."""
    snapshot(redrops / "00")
    moving = restless(redrops)
    several = [
        held
        for story in Story.objects.order_by("public_id")
        if len(held := articles_of(story)) > 1
    ]
    # Those that will change their URL first, for they are the hard ones.
    several.sort(key=lambda held: -len(moving & set(names(held))))
    cut, from_, to, led = several[:4]
    singles = [
        story
        for story in Story.objects.order_by("public_id")
        if len(articles_of(story)) == 1
    ]
    one, other = sorted(singles, key=lambda s: names(articles_of(s))[0] not in moving)[
        :2
    ]
    joined = names([*articles_of(one), *articles_of(other)])
    merge([one, other])
    split([cut[0].page])
    move(from_[0].page, story_of(to[0].source_name))
    publish(led)
    lead(led[-1].page)
    concerned = {*joined, *names(cut), *names(from_), *names(to), *names(led)}
    assert moving & concerned

    def holds() -> None:
        assert story_of(joined[0]) == story_of(joined[1])
        left = {story_of(name) for name in names(cut[1:])}
        assert story_of(cut[0].source_name) not in left and len(left) == 1
        assert story_of(from_[0].source_name) == story_of(to[0].source_name)
        assert story_of(from_[0].source_name) != story_of(from_[1].source_name)
        page = Page.objects.get(twins__source_name=led[-1].source_name)
        assert page.story is not None and page.story.lead == page
        assert contradictions() == []

    holds()
    for number in range(1, 14, 1 if every else 3):
        snapshot(redrops / f"{number:02}", None if every else concerned | moving)
        holds()
    call_command("rebuild_stories")
    holds()


@pytest.mark.parametrize(
    "every", [False, pytest.param(True, marks=pytest.mark.nightly)]
)
def test_words_and_standing_survive_the_snapshots(redrops, every, client):
    """Of the drops that move most: one withdrawn, one published, one in other words."""
    snapshot(redrops / "00")
    moving = restless(redrops)
    held = {one.source_name: one for one in Article.objects.select_related("page")}
    gone, shown, edited, planned = sorted(held, key=lambda name: name not in moving)[:4]
    withdraw(held[gone])
    publish([held[shown], held[edited]])
    pin(held[shown].page)
    edit(
        held[edited],
        {
            Decision.Kind.HEADLINE: "Said by an editor",
            Decision.Kind.EXCERPT: "",
            Decision.Kind.PICTURE: Picture(""),
            Decision.Kind.TOPICS: ("Edited",),
        },
    )
    publish_at([held[planned]], timezone.now() + timedelta(days=3650))

    def holds() -> None:
        page_of = {
            name: Page.objects.select_related("story").get(twins__source_name=name)
            for name in (gone, shown, edited, planned)
        }
        assert page_of[gone].is_withdrawn and not page_of[gone].is_visible
        assert page_of[shown].is_listed and page_of[shown].story.pinned
        page = page_of[edited]
        assert page.is_listed and not page.image_url
        assert (page.title, page.excerpt) == ("Said by an editor", "")
        assert page.drop_title == Article.objects.get(source_name=edited).title
        labels = page.article.labels.values_list("name", flat=True)
        assert list(labels) == ["Edited"]
        assert len(plans([page_of[planned].pk])) == 1
        found = client.get("/search/?q=%22Said+by+an+editor%22").content.decode()
        assert page.article.public_id in found or page.story.public_id in found

    holds()
    concerned = {gone, shown, edited, planned} | moving
    for number in range(1, 14, 1 if every else 3):
        snapshot(redrops / f"{number:02}", None if every else concerned)
        holds()
    call_command("rebuild_stories")
    holds()
