"""Lines of pages are text and links, whatever the drops say."""

from __future__ import annotations

from articles.rendering.summaries import PageSummary, ProviderName
from articles.rendering.templates import story_html
from articles.selectors.search import FoundPage, FoundStory
from articles.tests.make import NOON

HOSTILE = "<b onclick='x'>\"&"
ESCAPED = "&lt;b onclick=&#39;x&#39;&gt;&#34;&amp;"
PAGE = PageSummary(
    id="p1",
    slug="ferry",
    title=HOSTILE,
    excerpt=HOSTILE,
    url=f"https://x.example/?{HOSTILE}",
    provider=ProviderName(HOSTILE, "x.example"),
    published_at=NOON,
    type="video",
    quality=None,
    picture=None,
    is_listed=True,
    is_lead=True,
)
MARKED = ((HOSTILE, False), (HOSTILE, True))


def page_line(page: PageSummary) -> str:
    return story_html("page_line.html", page=page)


def found_story(story: FoundStory) -> str:
    return story_html("found_story.html", story=story)


def test_nothing_of_a_drop_becomes_markup():
    found = FoundPage(PAGE, MARKED, MARKED, MARKED)
    told = FoundStory("s1", "a", ((HOSTILE, True),), 2, 2, NOON, (found,), 1)
    alone = FoundStory("", "", MARKED, 1, 1, None, (found,), 0)
    lines = [
        page_line(PAGE),
        found_story(told),
        found_story(alone),
    ]
    for line in lines:
        assert "<b" not in line and "onclick='" not in line
        assert ESCAPED in line
