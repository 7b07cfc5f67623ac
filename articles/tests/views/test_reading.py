"""What is one reader's own: kept in the browser, and nowhere else."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, expect

from articles.tests.crawl import ask
from articles.views.reading import SHORTCUTS

from .visit import Visit, address

pytestmark = [pytest.mark.django_db]
browsed = pytest.mark.browser
CARD = ".story-card[data-story]"
SEEN = f"{CARD}:visible"


def kept(page: Page, name: str):
    return page.evaluate("name => JSON.parse(localStorage.getItem(name))", name)


def keep(page: Page, name: str, value: object) -> None:
    page.evaluate("([n, v]) => localStorage.setItem(n, v)", [name, json.dumps(value)])


def save(page: Page, number: int) -> str:
    """Save one of the stories of the list that is open; its headline."""
    card = page.locator(CARD).nth(number)
    card.scroll_into_view_if_needed()
    card.hover()
    card.get_by_role("button", name="Save").click()
    return card.locator(".story-card__headline").inner_text().strip()


def mute_publisher(page: Page, number: int) -> str:
    """Mute the publisher of one of the stories of the list; its domain."""
    card = page.locator(CARD).nth(number)
    domain = card.get_attribute("data-by")
    card.hover()
    card.get_by_role("button", name="Mute a").click()
    card.locator(".acts__menu button").first.click()
    return domain


def titles(page: Page) -> list[str]:
    expect(page.locator("[data-reading]")).to_be_visible()
    return page.locator(".reading__title").all_inner_texts()


def bring_in(page: Page, text: str) -> None:
    page.goto("/saved/")
    file = {
        "name": "reading.json",
        "mimeType": "application/json",
        "buffer": text.encode(),
    }
    page.locator("[type=file]").set_input_files(file)
    expect(page.locator(".notice")).not_to_be_empty()


def test_the_pages_say_without_scripts_what_they_are(db, client):
    saved = ask(client, "/saved/")
    assert saved.markup.faults == []
    assert re.search(r"<noscript>.*JavaScript", saved.text)
    keys = ask(client, "/shortcuts/")
    assert keys.markup.faults == []
    for names, does in SHORTCUTS:
        assert does in keys.text
        assert all(f"<kbd>{name}</kbd>" in keys.text for name in names)
    for answer in (saved, keys):
        assert "/saved/" in answer.links
        assert "/shortcuts/" in answer.links


@browsed
def test_a_saved_story_is_listed_removed_and_brought_back(visit):
    page = visit.page
    page.goto("/latest/")
    saved = [save(page, 1), save(page, 0)]
    page.get_by_role("link", name="Your reading").first.click()
    assert titles(page) == saved[::-1]
    page.get_by_role("button", name=f"Remove {saved[0]}").click()
    assert titles(page) == [saved[1]]
    page.get_by_role("button", name="Undo").click()
    assert titles(page) == saved[::-1]
    page.get_by_role("button", name="Remove all").click()
    assert titles(page) == []
    assert page.get_by_text("No story is saved").is_visible()
    assert visit.complaints == []


@browsed
def test_a_story_is_saved_on_its_own_page(visit):
    page = visit.page
    page.goto(address("story"))
    title = page.locator("h1").inner_text()
    page.get_by_role("button", name=f"Save {title}").click()
    expect(page.get_by_role("button", name=f"Saved {title}")).to_be_visible()
    page.goto("/saved/")
    assert titles(page) == [title]
    page.locator(".reading__title").click()
    assert page.locator("h1").inner_text() == title


@browsed
def test_a_muted_publisher_is_hidden_in_lists_and_the_list_says_so(visit):
    page = visit.page
    page.goto("/latest/")
    before = page.locator(SEEN).count()
    domain = mute_publisher(page, 0)
    hidden = page.locator(f'{CARD}[data-by="{domain}"]')
    assert not any(card.is_visible() for card in hidden.all())
    assert page.locator(SEEN).count() == before - hidden.count()
    note = page.locator(".list-note")
    assert "hidden: muted publishers" in note.inner_text()
    note.get_by_role("button", name="Show").click()
    assert page.locator(SEEN).count() == before
    page.goto("/saved/")
    page.get_by_role("button", name="Unmute", exact=False).first.click()
    page.goto("/latest/")
    assert page.locator(SEEN).count() == before
    assert visit.complaints == []


@browsed
def test_publishers_and_topics_are_muted_on_their_own_pages(visit):
    page = visit.page
    page.goto("/topics/computer-vision/")
    stories = page.locator(SEEN).count()
    page.get_by_role("button", name="Mute this topic").click()
    expect(page.get_by_role("button", name="Unmute this topic")).to_be_visible()
    assert page.locator(SEEN).count() == stories > 0  # asked for, and so shown
    page.goto("/providers/biometricupdate.com/")
    page.get_by_role("button", name="Mute this publisher").click()
    ids = [one["id"] for one in kept(page, "muted")]
    assert ids == ["publisher:biometricupdate.com", "topic:computer-vision"]
    page.goto("/latest/")
    for card in page.locator(SEEN).all():
        assert "computer-vision" not in card.get_attribute("data-topics").split()


@browsed
def test_what_was_opened_is_marked_until_it_is_forgotten(visit):
    page = visit.page
    page.goto(address("story"))
    page.goto("/latest/")
    assert page.locator(".seen-mark--read").count() == 1
    page.goto("/saved/")
    assert page.get_by_text("1 story marked as read").is_visible()
    page.get_by_role("button", name="Forget them").click()
    page.locator(".reading [data-setting=remember] [value=off]").click()
    page.goto(address("story"))
    page.goto("/latest/")
    assert page.locator(".seen-mark").count() == 0
    assert page.evaluate("Object.keys(localStorage)") == ["remember"]


@browsed
def test_what_came_since_the_last_visit_is_marked_once(visit):
    page = visit.page
    page.goto("/latest/")
    assert page.locator(".seen-mark").count() == 0  # a first visit
    times = sorted(
        card.get_attribute("data-latest") for card in page.locator(CARD).all()
    )
    keep(page, "visit", {"start": 1, "at": 2, "before": "", "newest": times[-3]})
    for _ in range(2):  # one visit
        page.goto("/latest/")
        assert page.locator(".seen-mark--new").count() == 2
        assert "2 stories here are new since" in page.locator(".list-note").inner_text()
    visit_now = kept(page, "visit")
    keep(page, "visit", visit_now | {"at": 2})
    page.goto("/latest/")
    assert page.locator(".seen-mark--new").count() == 0


@browsed
def test_all_of_it_is_exported_forgotten_and_brought_back(visit):
    page = visit.page
    page.goto("/latest/")
    title = save(page, 0)
    page.get_by_role("button", name="Large").click()
    mute_publisher(page, 1)
    page.goto("/saved/")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as a file").click()
    exported = download.value.path().read_text()
    page.get_by_role("button", name="Forget everything").click()
    assert page.evaluate("localStorage.length") == 0
    bring_in(page, exported)
    assert titles(page) == [title]
    assert page.evaluate("document.documentElement.dataset.size") == "large"
    assert len(kept(page, "muted")) == 1
    assert visit.complaints == []


STORY = {"id": "aaaaaaaaaaaa", "title": "T", "url": "/stories/aaaaaaaaaaaa/t/"}


@browsed
@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "7",
        "{not json",
        '{"theme": {"dark": 1}, "size": "huge", "saved": {"length": 3}}',
        '{"__proto__": {"saved": []}, "constructor": 1, "saved": [null, 1, "x", []]}',
        *(
            json.dumps({"saved": [STORY | wrong], "muted": [wrong], "read": [wrong]})
            for wrong in (
                {"url": "javascript:alert(1)//stories/aaaaaaaaaaaa/"},
                {"url": "https://elsewhere.example/stories/aaaaaaaaaaaa/t/"},
                {"url": "//elsewhere.example/stories/aaaaaaaaaaaa/t/"},
                {"url": "/x//../..//elsewhere.example/stories/aaaaaaaaaaaa/"},
                {"url": "/admin/"},
                {"id": "../../admin", "name": 3},
                {"id": {"toString": "x"}},
                {"title": ["<b>"]},
            )
        ),
    ],
)
def test_a_hostile_file_brings_nothing_in(visit, text):
    bring_in(visit.page, text)
    assert titles(visit.page) == []
    assert visit.page.locator("[data-part=muted] li").count() == 0
    assert visit.page.evaluate("document.documentElement.dataset.size") is None
    assert visit.complaints == []


@browsed
def test_what_a_file_says_is_only_ever_text(visit):
    title = '<img src=x onerror="document.title=1"> \u202egnp'
    bring_in(visit.page, json.dumps({"saved": [STORY | {"title": title, "by": "<b>"}]}))
    assert titles(visit.page) == ['<img src=x onerror="document.title=1"> gnp']
    assert visit.page.locator(".reading img, .reading b").count() == 0
    assert visit.complaints == []


@browsed
def test_two_tabs_keep_in_step(visit):
    visit.page.goto("/latest/")
    other = visit.context.new_page()
    other.goto("/saved/")
    title = save(visit.page, 0)
    expect(other.locator(".reading__title")).to_have_text(title)
    other.locator(".site-footer [value=dark]").click()
    expect(visit.page.locator("html")).to_have_attribute("data-theme", "dark")
    other.get_by_role("button", name=f"Remove {title}").click()
    expect(visit.page.locator(".acts__save").first).to_have_accessible_name(
        f"Save {title}"
    )


FULL = "Storage.prototype.setItem = () => { throw new Error('full') }"
CLOSED = "Object.defineProperty(self, 'localStorage', { get() { throw new Error('closed') } })"


@browsed
@pytest.mark.parametrize("trouble", [FULL, CLOSED], ids=["full", "closed"])
def test_storage_that_takes_nothing_is_told_once_and_breaks_nothing(visit, trouble):
    page = visit.page
    page.add_init_script(trouble)
    page.goto("/latest/")
    assert page.locator(".notice").inner_text() == ""
    save(page, 0)
    notice = page.locator(".notice")
    assert "keeps nothing more" in notice.inner_text()
    notice.get_by_role("button", name="Close").click()
    save(page, 1)
    assert notice.inner_text() == ""
    assert page.locator('.acts__save[aria-pressed="true"]').count() == 2
    page.locator(".site-footer [value=dark]").click()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert visit.complaints == []


@browsed
def test_text_size_and_pictures_stay_chosen(visit):
    page = visit.page
    page.goto("/")
    size = "getComputedStyle(document.body).fontSize"
    normal = page.evaluate(size)
    page.get_by_role("button", name="Large").click()
    page.locator("[data-setting=pictures] [value=off]").click()
    page.goto("/about/")
    assert float(page.evaluate(size)[:-2]) > float(normal[:-2])
    assert page.evaluate("document.documentElement.dataset.pictures") == "off"
    page.get_by_role("button", name="Normal").click()
    page.locator("[data-setting=pictures] [value=on]").click()
    page.goto("/")
    assert page.evaluate(size) == normal
    assert page.evaluate("document.documentElement.dataset.pictures") is None


@browsed
def test_without_pictures_none_is_asked_for(visit):
    visit.page.goto("/about/")
    visit.page.locator("[data-setting=pictures] [value=off]").click()
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(request.resource_type))
    for name in ("top stories", "latest", "story", "article", "publisher"):
        visit.page.goto(address(name))
        visit.page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
        visit.page.wait_for_load_state("networkidle")
    assert "document" in asked
    assert "image" not in asked


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.innerText?.trim() ?? ''")


@browsed
def test_keys_move_among_stories_and_pages(visit):
    page = visit.page
    page.goto("/latest/")
    headlines = [
        text.strip()
        for text in page.locator(f"{CARD} .story-card__headline").all_inner_texts()
    ]
    page.keyboard.press("j")
    assert focused(page) == headlines[0]
    page.keyboard.press("j")
    assert focused(page) == headlines[1]
    page.keyboard.press("k")
    assert focused(page) == headlines[0]
    page.keyboard.press("s")
    assert [one["title"] for one in kept(page, "saved")] == [headlines[0]]
    page.keyboard.press("o")
    page.wait_for_url("**/stories/**")
    for keys, path in (
        ("gh", "/"),
        ("gl", "/latest/"),
        ("gt", "/topics/"),
        ("gs", "/saved/"),
    ):
        for key in keys:
            page.keyboard.press(key)
        page.wait_for_url(f"{visit.server}{path}")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.type") == "search"
    page.keyboard.type("gh?j")
    assert page.evaluate("document.activeElement.value") == "gh?j"
    assert visit.complaints == []


@browsed
def test_the_list_of_keys_opens_and_closes(visit):
    page = visit.page
    page.goto("/")
    page.keyboard.press("?")
    help = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(help).to_be_visible()
    assert help.locator("tbody tr").count() == len(SHORTCUTS)
    page.keyboard.press("Escape")
    expect(help).to_be_hidden()
    assert visit.complaints == []


@browsed
def test_keys_can_be_switched_off_for_good(visit):
    page = visit.page
    page.goto("/shortcuts/")
    page.locator("[data-setting=shortcuts] [value=off]").click()
    page.goto("/latest/")
    for key in ("j", "?", "g", "h"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    assert page.locator("dialog").count() == 0
    assert page.url.endswith("/latest/")


@browsed
def test_modifiers_leave_keys_to_the_browser(visit):
    visit.page.goto("/latest/")
    for held in ("Control", "Alt", "Meta"):
        visit.page.keyboard.press(f"{held}+j")
    assert visit.page.evaluate("document.activeElement.tagName") == "BODY"


TIMES = """() => {
  const main = document.querySelector("main");
  main.innerHTML = `
    <p><time datetime="2021-08-29T05:09+00:00" title="t"><span class="day">29 August 2021</span> <span class="clock">05:09</span></time></p>
    <p class="under-day"><time datetime="2021-08-29T05:09+00:00" title="t"><span class="day">29 August 2021</span> <span class="clock">05:09</span></time></p>
    <p><time datetime="2020-12-31T23:30+00:00" title="t"><span class="day">31 December 2020</span> <span class="clock">23:30</span></time></p>
    <p><time datetime="2021-08-29" id="heading">Sunday 29 August 2021</time></p>`;
  document.dispatchEvent(new Event("visibilitychange"));
}"""


@browsed
@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("2021-08-29T05:09:20Z", "just now"),
        ("2021-08-29T05:21:00Z", "12 min ago"),
        ("2021-08-29T08:30:00Z", "3 h ago"),
        ("2021-08-30T06:00:00Z", "29 August"),
        ("2021-08-29T05:00:00Z", "29 August"),
        ("2022-02-01T05:00:00Z", "29 August 2021"),
    ],
)
def test_times_are_the_readers_own(browser, server, now, words):
    visit = Visit(browser, server, timezone_id="Asia/Tokyo")
    page = visit.page
    page.clock.set_fixed_time(now)
    page.goto("/about/")
    page.evaluate(TIMES)
    near, under_day, far, heading = page.locator("main time").all()
    assert near.inner_text().strip() == words
    assert near.get_attribute("title").startswith("29 August 2021, 14:09")
    assert near.get_attribute("datetime") == "2021-08-29T05:09+00:00"
    assert under_day.inner_text().strip() == "05:09"  # as the heading has it
    assert far.inner_text().strip().startswith("1 January")  # already, over there
    assert heading.inner_text() == "Sunday 29 August 2021"
    visit.context.close()


FRAMED = (
    "top stories",
    "latest",
    "story",
    "topics",
    "about",
    "your reading",
    "missing",
)


@browsed
@pytest.mark.parametrize("width", [320, 390, 768, 1280, 1920])
def test_the_masthead_stays_where_it_is_and_the_menu_is_one_line(visit, width):
    page = visit.page
    page.set_viewport_size({"width": width, "height": 844})
    boxes = set()
    for name in FRAMED:
        page.goto(address(name))
        menu = page.locator(".sections").bounding_box()
        plate = page.locator(".masthead__name").bounding_box()
        boxes.add((*menu.values(), *plate.values()))
        tops = page.locator(".sections li:visible").evaluate_all(
            "all => [...new Set(all.map(e => Math.round(e.getBoundingClientRect().top)))]"
        )
        assert len(tops) == 1
    assert len(boxes) == 1, boxes
    assert page.get_by_role("link", name="Search").first.is_visible() or width > 1000


@browsed
def test_on_a_phone_the_news_begins_at_the_top_and_targets_are_for_thumbs(visit):
    page = visit.page
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/latest/")
    for link in page.locator(".sections a:visible, .masthead__search").all():
        assert link.bounding_box()["height"] >= 40
    page.goto("/")
    first = page.locator(".story-card__headline a").first.bounding_box()
    assert first["y"] <= 150


@browsed
def test_the_present_section_is_in_sight_on_a_phone(visit):
    visit.page.set_viewport_size({"width": 320, "height": 640})
    for name in ("archive", "your reading", "about"):
        visit.page.goto(address(name))
        here = visit.page.locator(".sections [aria-current]:visible").bounding_box()
        assert here["x"] >= 0
        assert here["x"] + here["width"] <= 320


@browsed
@pytest.mark.parametrize("wish", [{"forced_colors": "active"}, {"contrast": "more"}])
def test_readers_who_ask_for_contrast_get_it(visit, wish):
    page = visit.page
    page.goto(address("story"))
    quiet = "getComputedStyle(document.querySelector('.site-footer')).color"
    before = page.evaluate(quiet)
    page.emulate_media(**wish)
    assert page.evaluate(quiet) != before
    assert visit.complaints == []


SHIFTS = """window.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shifted += entry.value;
}).observe({ type: "layout-shift", buffered: true });"""


@browsed
@pytest.mark.parametrize("width", [390, 1280])
def test_what_scripts_add_moves_nothing(visit, width):
    page = visit.page
    page.set_viewport_size({"width": width, "height": 844})
    page.add_init_script(SHIFTS)
    for name in ("top stories", "latest", "most covered", "topic", "publisher"):
        page.goto(address(name))
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.shifted") < 0.01, name
