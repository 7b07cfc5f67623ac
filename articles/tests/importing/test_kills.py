"""An import that dies anywhere, run again, ends as if nothing had happened."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import time
from datetime import timedelta
from pathlib import Path

import pytest

from articles.ingest.run import BATCH
from articles.models import Article, Drop, DropVersion, Mention
from articles.tests.make import NOW, import_drops, make_drop, related_entry

from .dying import Death, dying_at
from .process import Site
from .state import assert_same, difference, site_state
from .worlds import world

TWENTY = 20


def twenty(serial: int) -> dict[str, bytes]:
    """20 drops in their n-th version: moved URLs, new lists, takeovers, one broken."""
    drops = {}
    for n in range(TWENTY):
        entries = [
            related_entry(
                f"https://press.example/{(n * 3 + step + serial) % 30}",
                title=f"Entry {n} {step}",
            )
            for step in range(3)
        ]
        drops[f"{n}.txt"] = make_drop(
            title=f"Harbour strike, day {n % 5}",
            webUrl=f"https://press.example/{(n + serial) % 25}",
            published=bool((n + serial) % 3),
            topics=[f"Topic {(n + serial) % 4}"],
            related=entries,
        )
    return drops | {"broken.txt": b"---\ntitle: cut o"}


def assert_nothing_half() -> None:
    """Every article is whole: with its drop, its version and its list."""
    for drop in Drop.objects.select_related("current"):
        assert (
            drop.current_id
            and Article.objects.filter(source_name=drop.source_name).exists()
        )
    assert Article.objects.count() == Drop.objects.count()
    assert not DropVersion.objects.filter(size=0).exists()
    for article in Article.objects.all():
        assert Mention.objects.filter(article=article).count() == 3


@pytest.mark.parametrize("step", [0, 1, 2])
def test_death_at_any_statement_and_another_run_end_in_the_undisturbed_state(db, step):
    first, second = twenty(0), twenty(1)
    with world():
        import_drops(first)
        import_drops(second)
        undisturbed = site_state()
    statement = 1 + step
    import_drops(first)
    while True:
        with world():
            try:
                with dying_at(statement):
                    import_drops(second, now=NOW + timedelta(minutes=1))
                survived = True
            except Death:
                survived = False
                assert_nothing_half()
            report = import_drops(second, now=NOW + timedelta(minutes=2))
            assert report.files == TWENTY + 1 and report.rejected == 1
            found = difference(undisturbed, site_state())
            assert not found, f"killed at statement {statement}: {found[:3]}"
        if survived:
            break
        statement += 3
    assert statement > 60


@pytest.mark.nightly
def test_death_in_a_first_import_leaves_nothing_half(db):
    drops = twenty(0)
    with world():
        import_drops(drops)
        undisturbed = site_state()
    survived, statement = False, 1
    while not survived:
        with world():
            try:
                with dying_at(statement):
                    import_drops(drops)
                survived = True
            except Death:
                assert_nothing_half()
            import_drops(drops)
            assert_same(undisturbed, site_state())
        statement += 1


@pytest.fixture(scope="module")
def four_hundred(corpus_drops: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("four-hundred")
    for file in sorted(corpus_drops.iterdir())[:2000:5]:
        shutil.copy(file, folder)
    return folder


def killed_at_random(
    site: Site, folder: Path, chance: random.Random, whole: float
) -> int:
    """Kill an import early enough to leave something for the kills to come."""
    process = site.start("import_seeds", folder)
    try:
        process.wait(timeout=chance.uniform(0.05, whole * 0.35))
    except subprocess.TimeoutExpired:
        process.kill()
    process.communicate()
    return process.returncode


def kill_often(new_site, four_hundred: Path, *, times: int, seed: int) -> None:
    undisturbed = new_site()
    begun = time.monotonic()
    assert undisturbed.report(four_hundred)["created"] == 400
    whole = time.monotonic() - begun
    expected = undisturbed.state()
    chance = random.Random(seed)
    killed = 0
    site = new_site()
    for left in range(times, 0, -1):
        killed += killed_at_random(site, four_hundred, chance, whole) == -signal.SIGKILL
        if left % 5 == 1:
            report = site.report(four_hundred)
            assert report["rejected"] == 0 and report["articles"] == 400
            assert_same(expected, site.state())
            site = new_site()
    assert killed > times / 2


def test_kills_at_20_random_moments_lose_double_and_halve_nothing(
    new_site, four_hundred
):
    kill_often(new_site, four_hundred, times=20, seed=20)


@pytest.mark.nightly
def test_kills_at_60_random_moments_lose_double_and_halve_nothing(
    new_site, four_hundred
):
    kill_often(new_site, four_hundred, times=60, seed=60)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_an_import_after_what_is_begun(new_site, four_hundred, number):
    site = new_site()
    process = site.start("import_seeds", "--json", four_hundred)
    wait_for_the_lock(site, process)
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130 and "Traceback" not in err
    assert "Interrupted" in err
    stopped = site.state()
    assert len(stopped["articles"]) % BATCH == 0 and len(stopped["articles"]) < 400
    assert site.report(four_hundred)["articles"] == 400


def wait_for_the_lock(site: Site, process) -> None:
    """Until the import has begun."""
    lock = site.folder / "import.lock"
    for _ in range(2000):
        if lock.exists() and str(process.pid) in Path("/proc/locks").read_text():
            return
        assert process.poll() is None, process.communicate()
        time.sleep(0.005)
    raise AssertionError("the import never began")


def test_a_second_import_says_so_and_does_nothing(new_site, four_hundred, seeds):
    site = new_site()
    first = site.start("import_seeds", four_hundred)
    wait_for_the_lock(site, first)
    first.send_signal(signal.SIGSTOP)
    try:
        code, out, err = site.run("import_seeds", seeds)
    finally:
        first.kill()
    first.communicate()
    assert code == 3 and out == ""
    assert err.strip().splitlines() == [
        "CommandError: another import is running; this one did nothing"
    ]
    # The lock died with its process.
    assert site.report(seeds)["created"] == 5
