"""The version of the publication moves with what readers get, and with nothing else."""

from __future__ import annotations

from contextlib import suppress
from http import HTTPStatus

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.ingest.undoing.forget import forget
from articles.ingest.undoing.undo import redo_run, undo_run
from articles.models import Article, ImportRun, Page, Story
from articles.models.publication import move_publication, publication_version
from articles.publishing import (
    NothingToDecide,
    dismiss,
    lead,
    merge,
    pin,
    publish,
    split,
    title,
    undo,
    withdraw,
)
from articles.search import reindex
from articles.settle import mark_all, settle
from articles.tests.crawl import crawl
from articles.tests.ingest.worlds import Batch, bring, decide, histories, world
from articles.tests.make import NOW, import_drops, make_drop, related_entry
from articles.tests.properties import examples
from articles.tests.settle.changes import CHANGES
from articles.tests.settle.changes import Site as Changing

pytestmark = pytest.mark.django_db
AHEAD = "2024-04-03T00:00:00Z"
FLOOD = "https://flood.example/1"
CRANE = "https://crane.example/1"
START = {
    "flood": {
        "title": "Flood closes Oslo harbour",
        "webUrl": FLOOD,
        "related": [related_entry("https://other.example/1", title="Harbour flood")],
    },
    "crane": {
        "title": "Crane falls in Bergen",
        "webUrl": CRANE,
        "provider": {"name": "The Crane", "domain": "crane.example"},
    },
    "draft": {
        "title": "Nobody reads of zeppelins",
        "webUrl": "https://draft.example/1",
        "published": False,
        "topics": ["Airships"],
        "related": [related_entry("https://beside.example/1")],
    },
    "ahead": {
        "title": "Comes in time",
        "webUrl": "https://ahead.example/1",
        "publishedDateTime": AHEAD,
    },
}


def drop(name: str, **given) -> dict[str, bytes]:
    usual = {
        "excerpt": f"What is said of {name}.",
        "published": True,
        "publishedDateTime": "2024-03-01T12:00:00Z",
    }
    return {f"{name}.txt": make_drop(**usual | START.get(name, {}) | given)}


def page(url: str) -> Page:
    return Page.objects.select_related("story", "article").get(canonical_url=url)


def article(name: str) -> Article:
    return Article.objects.select_related("page").get(source_name=name)


def again(name: str, **given) -> None:
    import_drops(drop(name, **given), now=NOW)


def undo_last() -> None:
    undo_run(ImportRun.objects.latest("pk"), author="me", why="", now=NOW)


@pytest.fixture
def site(db: None) -> None:
    raw = [drop(name) for name in START]
    import_drops({key: text for one in raw for key, text in one.items()}, now=NOW)


def linked() -> Page:
    return page("https://other.example/1")


MOVING = {
    "a new listed drop": lambda: again("new", webUrl="https://new.example/1"),
    "another title": lambda: again("crane", title="Crane falls in Voss"),
    "another topic": lambda: again("crane", topics=["Cranes"]),
    "an AMP address": lambda: again("crane", ampWebUrl="https://crane.example/amp"),
    "a list that names one page more": lambda: again(
        "crane", related=[related_entry("https://third.example/1")]
    ),
    "a list that names none": lambda: again("flood", related=[]),
    "another name of a publisher": lambda: again(
        "crane", provider={"name": "THE CRANE", "domain": "crane.example"}
    ),
    "a withdrawal": lambda: withdraw(article("crane")),
    "a withdrawal of a linked page": lambda: withdraw(linked()),
    "a publication": lambda: publish(article("draft")),
    "a merge": lambda: merge([page(FLOOD).story, page(CRANE).story]),
    "a pin": lambda: pin(page(CRANE)),
    "a headline": lambda: title(page(CRANE), "Falling crane"),
    "an undone import": undo_last,
    "a take-down": lambda: forget("crane", author="me", why="", now=NOW),
    "a drop whose day has come": lambda: settle(now=NOW.replace(day=3)),
}
STILL = {
    "the same drop": lambda: again("flood"),
    "another cipher": lambda: again("flood", secured="AAAA;BBBB"),
    "another heat": lambda: again("flood", heat=7),
    "a rejected drop": lambda: import_drops({"bad.txt": b"no drop"}, now=NOW),
    "a dry run": lambda: import_drops(
        drop("crane", title="Another"), now=NOW, dry_run=True
    ),
    "another title of a hidden drop": lambda: again("draft", title="Zeppelins"),
    "another list of a hidden drop": lambda: again("draft", related=[]),
    "a hidden drop taken down": lambda: forget("draft", author="me", why="", now=NOW),
    "a withdrawal of a hidden drop": lambda: withdraw(article("draft")),
    "a publication of what is listed": lambda: publish(article("crane")),
    "a dismissal": lambda: dismiss("merge", page(FLOOD), page(CRANE)),
    "nothing to settle": lambda: settle(now=NOW),
    "an index written anew": reindex,
    "stories rebuilt": lambda: (mark_all(), settle(now=NOW)),
}


@pytest.mark.parametrize("act", MOVING.values(), ids=MOVING.keys())
def test_what_readers_get_otherwise_moves_it(site, act):
    before = publication_version()
    act()
    assert publication_version() > before


@pytest.mark.parametrize("act", STILL.values(), ids=STILL.keys())
def test_what_no_reader_gets_leaves_it(site, act):
    before, shown = publication_version(), told(Client())
    act()
    assert (publication_version(), told(Client())) == (before, shown)


def test_acts_about_stories_move_it_each_time(site):
    act = merge([page(FLOOD).story, page(CRANE).story])
    story = page(CRANE).story
    other = page(FLOOD if story.lead_id == page(CRANE).pk else CRANE)
    for do in (
        lambda: lead(other),
        lambda: split([page(CRANE)]),
        lambda: undo(act),
    ):
        before = publication_version()
        do()
        assert publication_version() > before


def test_a_redone_import_moves_it(site):
    undo_last()
    before = publication_version()
    redo_run(ImportRun.objects.latest("pk"), author="me", why="", now=NOW)
    assert publication_version() > before


def test_a_desk_login_leaves_it(site, editor):
    before, desk = publication_version(), Client()
    desk.force_login(editor)
    assert desk.get("/admin/articles/article/").status_code == 200
    assert publication_version() == before


@pytest.mark.django_db(transaction=True)
def test_it_moves_only_within_a_transaction():
    with pytest.raises(AssertionError):
        move_publication()


def test_asking_for_it_is_no_query_of_the_page(site, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert publication_version() > 0


quick = settings(
    max_examples=examples(6),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def told(client: Client) -> dict[str, tuple[int, bytes]]:
    """What readers get of all that can be followed or was ever named."""
    ids = set(Page.objects.values_list("public_id", flat=True))
    ids |= set(Page.objects.values_list("key_id", flat=True))
    ids |= set(Article.objects.values_list("public_id", flat=True))
    ids |= set(Story.objects.values_list("public_id", flat=True))
    start = ["/", *(f"/stories/{one}/" for one in sorted(ids))]
    start += [f"/articles/{one}/" for one in sorted(ids)]
    start += ["/search/?q=oslo", "/search/?q=crane"]
    found = crawl(client, start)
    return {
        key: (one.status, one.content + one.headers.get("Location", "").encode())
        for key, one in found.items()
        if not key.startswith("/static") and one.status != HTTPStatus.NOT_FOUND
    }


class Watched:
    """A site of which all answers are kept, with the version they are of."""

    def __init__(self) -> None:
        self.version, self.shown = publication_version(), told(Client())

    def look(self, after: object) -> None:
        version, shown = publication_version(), told(Client())
        assert version != self.version or shown == self.shown, after
        self.version, self.shown = version, shown


@quick
@given(histories(2, 5))
def test_whenever_an_answer_differs_the_version_does(history):
    with world():
        watched = Watched()
        for event in history:
            if isinstance(event, Batch):
                bring(dict(event.brought))
            else:
                decide(event)
            watched.look(event)


@quick
@given(st.lists(CHANGES, min_size=2, max_size=5))
def test_whenever_an_answer_differs_after_acts_the_version_does(changes):
    with world():
        site, watched = Changing(), Watched()
        for name, how in changes:
            with suppress(NothingToDecide):
                getattr(site, name)(how)
            watched.look((name, how))
