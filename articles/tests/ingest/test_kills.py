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

from articles.ingest.finding.sources import find_sources
from articles.ingest.report import Report
from articles.ingest.run import BATCH, Options, run_import
from articles.models import Article, Drop, DropVersion, Mention
from articles.tests.make import NOW, import_drops, make_drop, related_entry

from .dying import Death, dying_at
from .process import Site
from .state import assert_same, difference, site_state
from .worlds import world

Drops = dict[str, bytes]


def drops(count: int, serial: int) -> Drops:
    """Drops in their n-th version: moved URLs, new lists, takeovers, one broken."""
    made = {}
    for n in range(count):
        entries = [
            related_entry(
                f"https://press.example/{(n * 3 + step + serial) % 30}",
                title=f"Entry {n} {step}",
            )
            for step in range(3)
        ]
        made[f"{n}.txt"] = make_drop(
            title=f"Harbour strike, day {n % 5}",
            webUrl=f"https://press.example/{(n + serial) % 25}",
            published=bool((n + serial) % 3),
            topics=[f"Topic {(n + serial) % 4}"],
            related=entries,
        )
    return made | {"broken.txt": b"---\ntitle: cut o"}


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


def die_and_run_again(count: int, first_statement: int, stride: int) -> None:
    """Die at every so manieth statement of an import, and run it again."""
    first, second = drops(count, 0), drops(count, 1)
    with world():
        import_drops(first)
        import_drops(second)
        undisturbed = site_state()
    import_drops(first)
    survived, statement = False, first_statement
    while not survived:
        with world():
            try:
                with dying_at(statement):
                    import_drops(second, now=NOW + timedelta(minutes=1))
                survived = True
            except Death:
                assert_nothing_half()
            report = import_drops(second, now=NOW + timedelta(minutes=2))
            assert report.files == count + 1 and report.rejected == 1
            found = difference(undisturbed, site_state())
            assert not found, f"killed at statement {statement}: {found[:3]}"
        statement += stride
    assert statement > 60


def test_death_at_some_statements_and_another_run_end_in_the_undisturbed_state(db):
    die_and_run_again(8, 1, stride=7)


@pytest.mark.nightly
@pytest.mark.parametrize("step", [1, 2, 3])
def test_death_at_any_statement_and_another_run_end_in_the_undisturbed_state(db, step):
    die_and_run_again(20, step, stride=3)


@pytest.mark.nightly
def test_death_in_a_first_import_leaves_nothing_half(db):
    brought = drops(20, 0)
    with world():
        import_drops(brought)
        undisturbed = site_state()
    survived, statement = False, 1
    while not survived:
        with world():
            try:
                with dying_at(statement):
                    import_drops(brought)
                survived = True
            except Death:
                assert_nothing_half()
            import_drops(brought)
            assert_same(undisturbed, site_state())
        statement += 1


@pytest.fixture(scope="module")
def few(some_drops: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of 60 real drops: more than a batch."""
    return chosen(some_drops, 60, tmp_path_factory)


@pytest.fixture(scope="module")
def many(corpus_drops: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of 400 real drops."""
    return chosen(corpus_drops, 400, tmp_path_factory)


def chosen(source: Path, count: int, folders: pytest.TempPathFactory) -> Path:
    folder = folders.mktemp(f"drops-{count}")
    files = sorted(source.iterdir())
    for file in files[: count * (len(files) // count) : len(files) // count]:
        shutil.copy(file, folder)
    return folder


def killed_at_random(
    site: Site, folder: Path, chance: random.Random, seconds: float
) -> int:
    """Kill an import early enough to leave something for the kills to come."""
    process = site.start("import_seeds", folder)
    wait_for_the_lock(site, process)
    try:
        process.wait(timeout=chance.uniform(0, seconds * 0.35))
    except subprocess.TimeoutExpired:
        process.kill()
    process.communicate()
    return process.returncode


def imported(folder: Path) -> Report:
    return run_import(list(find_sources(folder)), Options(), now=NOW)


def kill_often(new_site, inside, folder: Path, *, times: int, seed: int) -> None:
    count = len(list(folder.iterdir()))
    with inside(new_site()):
        report = imported(folder)
        expected = site_state()
    assert report.created == count
    chance = random.Random(seed)
    killed = 0
    site = new_site()
    for left in range(times, 0, -1):
        ended = killed_at_random(site, folder, chance, report.seconds)
        killed += ended == -signal.SIGKILL
        if left % 5 == 1:
            with inside(site):
                again = imported(folder)
                assert again.rejected == 0 and again.articles == count
                assert_same(expected, site_state())
            site = new_site()
    assert killed > times / 2


def test_kills_at_3_random_moments_lose_double_and_halve_nothing(new_site, inside, few):
    kill_often(new_site, inside, few, times=3, seed=20)


@pytest.mark.nightly
@pytest.mark.parametrize("times", [20, 60])
def test_kills_at_many_random_moments_lose_double_and_halve_nothing(
    new_site, inside, many, times
):
    kill_often(new_site, inside, many, times=times, seed=times)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_an_import_after_what_is_begun(new_site, inside, few, number):
    site = new_site()
    process = site.start("import_seeds", "--json", few)
    wait_for_the_lock(site, process)
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130 and "Traceback" not in err
    assert "Interrupted" in err
    with inside(site):
        stopped = Article.objects.count()
        assert stopped % BATCH == 0 and stopped < 60
        assert imported(few).articles == 60


def wait_for_the_lock(site: Site, process) -> None:
    """Until the import has begun."""
    lock = site.folder / "import.lock"
    for _ in range(12000):
        if lock.exists() and _holds(process.pid, lock):
            return
        assert process.poll() is None, process.communicate()
        time.sleep(0.005)
    raise AssertionError("the import never began")


def _holds(pid: int, lock: Path) -> bool:
    """Whether a process has this lock: the database's are listed beside it."""
    wanted = {str(pid), str(lock.stat().st_ino)}
    return any(
        wanted <= set(line.replace(":", " ").split())
        for line in Path("/proc/locks").read_text().splitlines()
        if "FLOCK" in line and "->" not in line
    )


def test_a_second_import_says_so_and_does_nothing(new_site, few, seeds):
    site = new_site()
    first = site.start("import_seeds", few)
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
