"""Six weeks of real re-drops, step by step, end where their last versions begin."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from articles.ingest.export import export
from articles.tests.make import NOW, front_matter, import_drops

from .forty_decisions import Files, effect, plan
from .state import addresses, assert_same, site_faces, site_state
from .worlds import decisions_made, lay_down, world

pytestmark = pytest.mark.django_db
URL = re.compile(rb"^webUrl:.*", re.MULTILINE)


def read(folder: Path) -> Files:
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


@pytest.fixture(params=[False, pytest.param(True, marks=pytest.mark.nightly)])
def whole(request) -> bool:
    """All drops in fourteen steps at night; by day a quarter of them in four."""
    return request.param


@pytest.fixture
def every_snapshot(redrops) -> list[Files]:
    return [read(redrops / f"{step:02}") for step in range(14)]


@pytest.fixture
def kept(every_snapshot, whole) -> set[str]:
    """Names of drops: neighbours, which share stories, and all that change their URL."""
    urls: dict[str, set[bytes]] = {}
    for files in every_snapshot:
        for name, raw in files.items():
            urls.setdefault(name, set()).add(URL.search(raw)[0])
    return {
        name
        for number, name in enumerate(sorted(urls))
        if whole or number // 5 % 5 == 0 or len(urls[name]) > 1
    }


@pytest.fixture
def snapshots(every_snapshot, kept, whole) -> list[Files]:
    cuts = range(15) if whole else (0, 1, 4, 9, 14)
    return [
        {
            name: raw
            for files in every_snapshot[begin:end]
            for name, raw in files.items()
            if name in kept
        }
        for begin, end in pairwise(cuts)
    ]


@pytest.fixture
def final(redrops, kept) -> Files:
    return {name: raw for name, raw in read(redrops / "final").items() if name in kept}


def with_url(raw: bytes, url: str, title: str, minute: int) -> bytes:
    """A copy of a drop about another page, of another minute."""
    front = yaml.safe_load(raw.decode().split("---\n")[1])
    at = front["publishedDateTime"] + timedelta(minutes=minute)
    return front_matter(
        front
        | {"webUrl": url, "title": title, "publishedDateTime": at, "secured": None}
    )


def exported(folder: Path) -> Files:
    export(folder)
    return read(folder)


def test_the_snapshots_in_order_give_the_site_of_their_last_versions(
    snapshots, final, client, tmp_path
):
    with world():
        for step, files in enumerate(snapshots):
            report = import_drops(files, now=NOW + timedelta(hours=step))
            assert report.rejected == 0
        stepwise, pages = site_state(), site_faces(client)
        assert exported(tmp_path / "stepwise") == final
    import_drops(final)
    assert_same(stepwise, site_state())
    assert exported(tmp_path / "at-once") == final
    at_once = site_faces(client)
    assert [
        address
        for address in pages | at_once
        if pages.get(address) != at_once.get(address)
    ] == []
    assert len(pages) > 0.4 * len(final)


def test_40_decisions_have_the_same_effect_after_six_weeks_of_imports(
    snapshots, final, client
):
    twins = list(snapshots[0])[:5]
    copies = {
        f"twin-of-{name}": raw for name, raw in snapshots[0].items() if name in twins
    }
    # The data has few files that move: some more, and back again.
    last = next(iter(final.values()))
    moving = [
        {
            f"moving-{n}.md": with_url(
                last, f"https://press.example/{n}/{step % 2}", f"Moving {n}", 20 + n
            )
            for n in range(8)
        }
        for step in range(3)
    ]
    snapshots = [
        snapshots[0] | copies | moving[0],
        snapshots[1] | moving[1],
        snapshots[2] | moving[2],
        snapshots[3] | moving[1],
        *snapshots[4:],
    ]
    with world():
        import_drops(snapshots[0])
        made = plan(
            snapshots,
            [f"twin-of-{name}"[:-3] for name in twins],
            [f"moving-{n}" for n in range(8)],
        )
        made.record(NOW + timedelta(hours=1))
        before = effect(made, client)
        assert {before[name] for name in (*made.publish, *made.publish_links)} == {
            (True, False, 200)
        }
        assert {before[name] for name in (*made.withdraw, *made.withdraw_links)} == {
            (False, True, 404)
        }
        links = made.publish_links + made.withdraw_links
        taken = {
            f"taken-{n}.md": with_url(last, url, f"Taken over {n}", 40 + n)
            for n, url in enumerate(links)
        }
        for step, files in enumerate(snapshots[1:], 1):
            more = taken if step == len(snapshots) // 2 else {}
            import_drops(files | more, now=NOW + timedelta(hours=1 + step))
        assert effect(made, client) == before
        lived, rows = site_state(), decisions_made()
        asked = [
            one
            for one in addresses()
            if not one.startswith(("/stories/", "/articles/"))
        ]
        pages = site_faces(client, asked)
    for n in range(2, 5):  # the links withdrawn, under their new words
        assert not [
            address for address, (_, body) in pages.items() if f"Taken over {n}" in body
        ]
    lay_down(rows)
    import_drops(final | copies | moving[1] | taken)
    assert_same(lived, site_state())
    again = site_faces(client, asked)
    assert [
        address for address in pages | again if pages.get(address) != again.get(address)
    ] == []
