"""Small random sites that change step by step, for what a change reaches."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from articles.ingest.undoing.forget import forget
from articles.models import Drop, Page, Stale, Story
from articles.publishing import merge, split, undo
from articles.settle import settle
from articles.tests.make import NOW, front_matter, import_drops

SOURCES = st.sampled_from("abcdefgh")
URLS = [f"https://press{n}.example/{n}" for n in range(10)]
WORDS = ["Quixano", "Brzezinka", "zeppelin", "Kuusisto", "crane", "flood"]
START = datetime(2024, 3, 1, tzinfo=UTC)
# Within a window of words, within one of lists, beyond both.
HOURS = st.one_of(st.integers(0, 100), st.integers(0, 60 * 24))
_title = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)
_time = HOURS.map(lambda hours: f"{START + timedelta(hours=hours):%Y-%m-%dT%H:%M:%SZ}")
_words = {
    "title": _title,
    "webUrl": st.sampled_from(URLS),
    "publishedDateTime": _time,
    "provider": st.sampled_from("xyz").map(
        lambda name: {"name": name, "domain": f"{name}.example"}
    ),
    "ampWebUrl": st.sampled_from([None] * 9 + URLS),
}
_entry = st.fixed_dictionaries(_words).map(
    lambda one: {key: value for key, value in one.items() if value is not None}
)
DROPS = st.fixed_dictionaries(
    {
        **_words,
        "excerpt": _title,
        "published": st.booleans(),
        "related": st.one_of(st.just([]), st.lists(_entry, max_size=5)),
    }
)
CHANGES = st.one_of(
    *[st.tuples(st.just("bring"), st.dictionaries(SOURCES, DROPS, min_size=1))] * 4,
    st.tuples(st.just("thin_out"), st.tuples(SOURCES, st.integers(0, 4))),
    st.tuples(st.just("forget"), SOURCES),
    st.tuples(st.just("merge"), st.tuples(st.integers(0, 9), st.integers(0, 9))),
    st.tuples(st.just("split"), st.integers(0, 9)),
    st.tuples(st.just("undo"), st.integers(0, 3)),
)


class Site:
    """Drops and acts as they are now; each change is settled by itself."""

    def __init__(self) -> None:
        self.drops: dict[str, dict] = {}
        self.acts: list[str] = []
        self.forgot = False

    def bring(self, drops: dict[str, dict]) -> None:
        self.drops |= drops
        raw = {f"{name}.txt": _as_drop(one) for name, one in drops.items()}
        report = import_drops(raw, now=NOW)
        # Bytes that were forgotten are refused when they come again.
        assert self.forgot or not report.rejected

    def thin_out(self, which: tuple[str, int]) -> None:
        """Let one drop name one page less; nothing else of it changes."""
        name, place = which
        held = self.drops.get(name)
        if held and held["related"]:
            related = list(held["related"])
            related.pop(place % len(related))
            self.bring({name: held | {"related": related}})

    def forget(self, name: str) -> None:
        self.drops.pop(name, None)
        if Drop.objects.filter(source_name=name).exists():
            self.forgot = True
            forget(name, author="me", why="", now=NOW)

    def merge(self, which: tuple[int, int]) -> None:
        stories = list(Story.objects.order_by("founder__canonical_url"))
        chosen = {stories[place % len(stories)] for place in which if stories}
        if len(chosen) > 1:
            self.acts.append(merge(chosen))

    def split(self, which: int) -> None:
        pages = list(Page.objects.order_by("canonical_url"))
        page = pages[which % len(pages)] if pages else None
        if page and page.story and page.story.pages.count() > 1:
            self.acts.append(split([page]))

    def undo(self, which: int) -> None:
        if self.acts:
            undo(self.acts.pop(which % len(self.acts)))


def _as_drop(one: dict) -> bytes:
    return front_matter({**one, "category": "news", "related": one["related"] or None})


def stories() -> set[frozenset[str]]:
    """Each story as its pages' URLs; pages in no story are one by themselves."""
    held: dict[object, set[str]] = {}
    for url, story in Page.objects.values_list("canonical_url", "story"):
        held.setdefault(story or f"none: {url}", set()).add(url)
    assert None not in Page.objects.values_list("story", flat=True)
    return {frozenset(urls) for urls in held.values()}


def derive_all_again() -> None:
    """As `rebuild_stories` does."""
    Page.objects.update(stale=Stale.CONTENT)
    settle(now=NOW)
