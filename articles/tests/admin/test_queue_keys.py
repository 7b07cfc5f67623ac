"""Two hundred stories of the queue, decided by keyboard in a real browser."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from hashlib import blake2b

import pytest
from axe_playwright_python.sync_playwright import Axe

from articles.tests.conftest import at_night
from articles.tests.ingest.process import ROOT, Site
from articles.tests.make import make_drop, related_entry
from articles.tests.serving import served
from articles.tests.views.conftest import browser  # noqa: F401
from articles.tests.views.visit import Visit

pytestmark = pytest.mark.browser
STORIES = 200
# What a step asks, all that follows from it included; it may only become less.
MOST = {"publish": 74, "withdraw": 48, "undo": 60}
MOST_CPU_S = 0.060
MAKE_AN_EDITOR = """
import django
django.setup()
from django.contrib.auth.models import User
from django.test import Client
client = Client()
client.force_login(User.objects.create_superuser("edith"))
print(client.cookies["sessionid"].value)
"""
HELD = """
import django, json
django.setup()
from articles.models import Decision, QueuedStory, Story
print(QueuedStory.objects.count(), Story.objects.listed().count())
print(Decision.objects.standing().values("act").distinct().count())
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Site:
    """Two hundred stories that wait, each fourth of three articles; an editor."""
    folder = tmp_path_factory.mktemp("queue")
    (folder / "drops").mkdir()
    for story in range(STORIES):
        several = 3 if story % 4 == 0 else 1
        urls = [f"https://p{story % 7 + n}.example/{story}" for n in range(several)]
        for number, url in enumerate(urls):
            title = f"{words_of(story)}, report {number}"
            drop = make_drop(
                title=title,
                excerpt=f"{title}. It is the first of its kind.",
                webUrl=url,
                published=False,
                publishedDateTime=f"2024-03-{story % 28 + 1:02}T{number + 8:02}:00:00Z",
                provider={"name": url[8:18], "domain": url.split("/")[2]},
                topics=["Shipping", f"Topic {story % 5}"],
                related=[related_entry(one, title=title) for one in urls if one != url],
            )
            (folder / "drops" / f"{story}-{number}.txt").write_bytes(drop)
    site = Site(folder / "var")
    site.folder.mkdir()
    assert site.run("migrate", "--verbosity", "0")[0] == 0
    assert site.run("collectstatic", "--noinput", "--verbosity", "0")[0] == 0
    assert site.report(folder / "drops")["exit"] == 0
    return site


def words_of(story: int) -> str:
    """A title that has nothing in common with those of other stories."""
    letters = blake2b(str(story).encode(), digest_size=16).hexdigest()
    return " ".join(
        re.sub(r"\d", lambda found: "ghklmnprst"[int(found[0])], letters[at : at + 8])
        for at in range(0, 32, 8)
    ).capitalize()


@pytest.fixture(scope="module")
def server(site) -> Iterator[str]:
    with served(
        site.environment, application="articles.tests.admin.counting"
    ) as running:
        yield f"http://127.0.0.1:{running.port}"


@pytest.fixture(scope="module")
def session(site) -> str:
    return script(site, MAKE_AN_EDITOR)


@pytest.fixture
def queue(browser, server, session):  # noqa: F811
    """The queue in the browser of an editor who is logged in, and what steps cost."""
    visit = Visit(browser, server, viewport={"width": 1280, "height": 800})
    visit.context.add_cookies([logged_in(session)])
    visit.costs = []
    visit.page.on("response", lambda answer: note(visit.costs, answer))
    visit.page.goto("/admin/queue/?order=newest")
    yield visit
    visit.context.close()


def logged_in(session: str) -> dict[str, str]:
    """The cookie of a session."""
    return {"name": "sessionid", "value": session, "domain": "127.0.0.1", "path": "/"}


def note(costs: list, answer) -> None:
    sent = answer.request.post_data or ""
    if answer.request.method == "POST":
        [act] = [one for one in MOST if f'name="{one}"' in sent] or ["bulk"]
        asked, taken = (answer.headers[name] for name in ("x-queries", "x-seconds"))
        costs.append((act, int(asked), float(taken)))


def focused(page) -> str:
    """The story that has the keyboard."""
    return page.evaluate(
        "document.activeElement.closest('.queue-row')?.dataset.story ?? ''"
    )


def done(page, number: int) -> None:
    page.wait_for_function(
        "number => document.querySelectorAll('.is-done:not(.is-busy)').length == number",
        arg=number,
        timeout=10_000,
    )


def test_keys_do_nothing_in_fields_and_can_be_switched_off(queue):
    page = queue.page
    page.keyboard.press("/")
    page.keyboard.type("pw")
    assert page.locator("#queue-q").input_value() == "pw"
    page.keyboard.press("Escape")
    assert focused(page)
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    dialog.get_by_label("Keys are on").uncheck()
    page.keyboard.press("Escape")
    before = focused(page)
    page.keyboard.press("j")
    page.keyboard.press("p")
    assert focused(page) == before
    page.reload()
    page.keyboard.press("j")
    assert focused(page) == ""
    assert queue.costs == []


def test_a_selection_is_decided_and_taken_back_as_one(queue, site):
    page = queue.page
    for _ in range(3):
        page.keyboard.press("j")
        page.keyboard.press("x")
    page.locator("#queue-bulk").get_by_role("button", name="Withdraw").click()
    done(page, 3)
    assert " of 3 stories" in page.locator("#queue-said").inner_text()
    page.keyboard.press("u")
    done(page, 0)
    assert script(site, HELD).split() == ["200", "0", "0"]


def test_a_story_is_published_and_taken_back_without_scripts(browser, server, session):  # noqa: F811
    visit = Visit(browser, server, java_script_enabled=False)
    visit.context.add_cookies([logged_in(session)])
    page = visit.page
    page.goto("/admin/queue/")
    first = page.locator(".queue-row").first.get_attribute("id")
    with page.expect_navigation():
        page.get_by_role("button", name="Publish", exact=True).first.click()
    assert page.locator(f"#{first}").count() == 0
    with page.expect_navigation():
        page.get_by_role("button", name="Undo").click()
    assert page.locator(f"#{first}").count() == 1
    visit.context.close()


def test_a_preview_fits_its_window_and_is_accessible(queue):
    page = queue.page
    address = page.locator("[data-preview]").first.get_attribute("href")
    for width, theme in ((1280, "light"), (768, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        for of in ("story", "front", "edition"):
            answer = page.goto(address.replace("of=story", f"of={of}"))
            assert answer.status == 200
            assert page.locator(".preview").is_visible()
            across = page.evaluate("document.documentElement.scrollWidth")
            assert across <= width, (of, width)
            found = Axe().run(page, options={"preload": False})
            assert found.violations_count == 0, found.generate_report()
    assert queue.complaints == []


def test_two_hundred_are_decided_by_keyboard(queue, site, pytestconfig):
    page = queue.page
    page.keyboard.press("j")
    first = focused(page)
    assert first
    page.keyboard.press("w")
    done(page, 1)
    assert focused(page) != first
    page.keyboard.press("u")
    done(page, 0)
    page.wait_for_function(f"document.activeElement.closest('#story-{first}')")
    decided = 0
    while decided < STORIES:
        page.keyboard.press("w" if decided % 2 else "p")
        decided += 1
        done(page, decided)
    assert script(site, HELD).split() == ["0", "100", "200"]
    assert queue.complaints == []
    costs = {
        act: max(asked for one, asked, _ in queue.costs if one == act) for act in MOST
    }
    assert {act: n for act, n in costs.items() if n > MOST[act]} == {}, costs
    if at_night(pytestconfig):
        taken = sorted(taken for *_, taken in queue.costs)
        assert taken[len(taken) * 95 // 100] <= MOST_CPU_S


def script(site: Site, lines: str) -> str:
    """What a script prints at a site."""
    done = subprocess.run(
        [sys.executable, "-c", lines],
        cwd=ROOT,
        env=site.environment,
        capture_output=True,
        check=True,
        text=True,
    )
    return done.stdout.strip()
