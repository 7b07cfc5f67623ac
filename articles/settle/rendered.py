"""Cards and pages of stories, emptied by what changes them and then rendered again."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Sequence

from django.db import connection
from django.db.models import Count, Exists, Q

from articles.models import Mention, Page, RenderedStory, Story
from articles.models.bulk import among, chunks
from articles.models.writing import writing
from articles.rendering.render import render_stories, today

from .pace import Pace

# Pages that an act renders at once; what it changes beyond is rendered for readers
# until the next settling.
AT_ONCE = 250
WINDOW = 20_000  # stories that are looked up together
# In plain SQL, prepared once: rows are long, and all stories are rendered at once.
_KEEP = """
    INSERT INTO articles_renderedstory
        (story_id, made_by, glance, dense, card, shape, body)
    VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT (story_id) DO UPDATE SET
        made_by = excluded.made_by, glance = excluded.glance, dense = excluded.dense,
        card = excluded.card, shape = excluded.shape, body = excluded.body
"""
FIELDS = ("made_by", "glance", "dense", "card", "shape", "body")
EMPTY = dict.fromkeys(FIELDS, "")


def empty(stories: Iterable[Story]) -> None:
    """Let nothing of these stories be shown as it was rendered before.

    Each has a row if it is listed, and else none.
    """
    held = list(stories)
    listed = sorted(story.pk for story in held if story.lead_id)
    if listed:
        nothing = [""] * len(FIELDS)
        with connection.cursor() as cursor:
            cursor.executemany(
                f"{_KEEP} WHERE articles_renderedstory.made_by <> ''",
                [(story, *nothing) for story in listed],
            )
    for some in chunks(story.pk for story in held if not story.lead_id):
        RenderedStory.objects.filter(pk__in=among(some)).delete()


def empty_of(stories: Q) -> None:
    """The same of all stories that meet a condition and stay listed or not."""
    found = Story.objects.listed().filter(stories).values("pk")
    RenderedStory.objects.filter(pk__in=found).exclude(made_by="").update(**EMPTY)


def empty_named_together(articles: Collection[int], pages: Collection[int]) -> set[int]:
    """The same of stories of which lists name several pages; return these stories.

    Meant are the lists of these articles, and of those that speak for these pages:
    whether readers may know of a list is a part of what such a story says.
    """
    owners = Page.objects.filter(pk__in=among(pages), article__isnull=False)
    told = {*articles, *owners.values_list("article", flat=True)} if pages else articles
    emptied: set[int] = set()
    # Of a first import nothing is: it renders when all is settled.
    rendered = Exists(RenderedStory.objects.exclude(made_by=""))
    for some in chunks(sorted(told)):
        found = (
            Mention.objects.filter(rendered, article__in=among(some))
            .filter(page__is_visible=True)
            .order_by()
            .values("article", "page__story")
            .annotate(held=Count("page", distinct=True))
            .filter(held__gt=1)
            .values_list("page__story", flat=True)
        )
        emptied |= {story for story in found if story}
    for few in chunks(sorted(emptied)):
        rows = RenderedStory.objects.filter(pk__in=among(few))
        rows.exclude(made_by="").update(**EMPTY)
    return emptied


def render_waiting(aim_s: float, stop: Callable[[], bool]) -> bool:
    """Render all that waits for it, some at a time; return whether that was all.

    Each time is a transaction that takes so many CPU seconds; `stop` is asked before.
    """
    pace = Pace(aim_s=aim_s)
    while stories := waiting():
        for some in pace.cut(stories):
            if stop():
                return False
            begun = time.process_time()
            with writing():
                render_some(some)
            pace.note(time.process_time() - begun)
    return True


def waiting() -> list[int]:
    """Listed stories that are to be rendered, newest first; so many at the most."""
    behind = RenderedStory.objects.behind(today()).order_by("-story__latest_at")
    return list(behind.values_list("pk", flat=True)[:WINDOW])


def render_some(stories: Sequence[int]) -> None:
    """Render those of the stories that are listed, and keep that."""
    held = list(Story.objects.listed().filter(pk__in=among(stories)))
    keep(render_stories(held))
    gone = set(stories) - {story.pk for story in held}
    RenderedStory.objects.filter(pk__in=gone).delete()


def render_few(stories: Collection[int]) -> None:
    """Render as many of the stories as somebody should wait for, small ones first."""
    held = Story.objects.listed().filter(pk__in=among(stories)).order_by("page_count")
    few, pages = [], 0
    for story in held:
        pages += story.page_count
        if pages > AT_ONCE:
            break
        few.append(story)
    keep(render_stories(few))


def keep(rendered: Sequence[RenderedStory]) -> None:
    """Write these rows over those that are there."""
    with connection.cursor() as cursor:
        cursor.executemany(
            _KEEP,
            [(r.story_id, *(getattr(r, name) for name in EMPTY)) for r in rendered],
        )
