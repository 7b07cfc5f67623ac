"""The site in a real browser: accessible, quiet, and whole without JavaScript."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from articles.models import Image

from .visit import PAGES, Visit, address, open_page, paper

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

WIDTHS = (1280, 320)
WAYS = ((1280, "light"), (320, "dark"), (1280, "dark"), (320, "light"))


def check_accessible(page: Page, width: int, theme: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    # Loading stylesheets itself, it asks for what they import beside the page.
    found = Axe().run(page, options={"preload": False})
    assert found.violations_count == 0, f"{width} {theme}\n{found.generate_report()}"


@pytest.mark.parametrize("name", PAGES)
def test_pages_fit_their_screens_and_are_accessible(visit, name):
    """Each page in one theme on one screen; those of one kind are seen in all ways."""
    page = open_page(visit, name)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        across = page.evaluate("document.documentElement.scrollWidth")
        assert across <= width, f"{name} is {across} pixels wide at {width}"
    check_accessible(page, *WAYS[[*PAGES].index(name) % len(WAYS)])
    assert visit.complaints == []


@pytest.mark.nightly
@pytest.mark.parametrize("name", PAGES)
def test_pages_are_accessible_in_both_themes_and_on_small_screens(visit, name):
    page = open_page(visit, name)
    for width, theme in WAYS:
        check_accessible(page, width, theme)
    assert visit.complaints == []


def test_only_images_of_drops_are_asked_of_others_and_little_is_stored(visit):
    for name in ("top stories", "latest", "story", "article", "publisher", "hits"):
        visit.page.goto(address(name))
        visit.page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
        visit.page.wait_for_load_state("networkidle")
    assert {kind for kind, _ in visit.remote} == {"image"}
    assert {url for _, url in visit.remote} <= set(
        Image.objects.values_list("url", flat=True)
    )
    assert visit.complaints == []
    assert visit.context.cookies() == []
    kept = visit.page.evaluate("Object.keys(localStorage).sort()")
    assert kept == ["read", "visit"]  # which marks what is read, and what is new


def test_a_picture_that_fails_gives_way_to_its_publisher(visit):
    visit.page.goto(address("story"))
    visit.page.locator(".picture img.is-broken").first.wait_for(state="attached")
    assert visit.page.locator(".picture .picture__name").first.is_visible()


def test_a_chosen_theme_stays(visit):
    page = visit.page
    page.emulate_media(color_scheme="light")
    page.goto("/")
    light = paper(page)
    page.get_by_role("button", name="Dark").click()
    page.goto("/about/")
    assert (
        page.get_by_role("button", name="Dark").get_attribute("aria-pressed") == "true"
    )
    assert paper(page) != light
    page.get_by_role("button", name="Auto").click()
    page.goto("/")
    assert paper(page) == light


@pytest.mark.parametrize("size", [(1280, 800), (320, 640)])
@pytest.mark.parametrize("name", ["story", "story of one page", "article"])
def test_the_first_screen_says_what_happened_and_where_to_read_it(visit, name, size):
    visit.page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
    open_page(visit, name)
    wide = size[0] > 640  # else the picture may follow the way to the publisher
    seen = ["h1", ".story__sentence", ".story__head .meta", ".story__read .button"]
    for part in (*seen, *([".story__head .picture"] if wide else [])):
        for found in visit.page.locator(part).all():
            box = found.bounding_box()
            assert box and box["y"] >= 0 and box["y"] + box["height"] <= size[1], part


@pytest.mark.parametrize("width", WIDTHS)
def test_what_opens_in_a_line_moves_nothing_of_the_line(visit, width):
    visit.page.set_viewport_size({"width": width, "height": 900})
    page = open_page(visit, "story")
    line = page.locator(".page-line:has(.why)").first
    parts = line.locator(".page-line__title, .meta, .why summary")
    places = """all => all.map(part => {
        const [here, top] = [part, part.closest("li")].map(e => e.getBoundingClientRect());
        return [here.x - top.x, here.y - top.y, here.width];
    })"""
    before = parts.evaluate_all(places)
    line.locator(".why summary").click()
    assert line.locator(".why__tie").is_visible()
    assert parts.evaluate_all(places) == before


def test_the_keyboard_stops_at_a_timeline_only_where_it_is_cut_off(visit):
    page = open_page(visit, "story")
    cut = "e => e.scrollWidth > e.clientWidth"
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        region = page.locator(".timeline__region")
        assert region.evaluate(cut) == region.locator("a").is_visible()


def test_a_story_on_paper_has_sentences_and_addresses_but_no_reasons(visit):
    page = open_page(visit, "story")
    page.emulate_media(media="print")
    assert page.locator(".page-line__sentence").first.is_visible()
    for found in page.locator(".why, .why__tie, .timeline__cue, .orders").all():
        assert not found.is_visible()
    written = "all => all.map(e => getComputedStyle(e, '::after').content)"
    assert all("http" in said for said in page.locator(".out").evaluate_all(written))


@pytest.mark.parametrize("name", ["edition", "top stories", "latest", "story"])
def test_on_paper_there_is_black_ink_and_neither_navigation_nor_reasons(visit, name):
    page = visit.page
    page.goto("/about/")
    page.get_by_role("button", name="Dark").click()
    page.goto(address(name))
    page.emulate_media(media="print")
    colours = "e => [getComputedStyle(e).color, getComputedStyle(e).getPropertyValue('--paper')]"
    assert page.locator("h1").evaluate(colours) == ["rgb(0, 0, 0)", "#fff"]
    for chrome in ("nav", "form", "button", "summary", ".site-footer", ".picture"):
        assert not any(found.is_visible() for found in page.locator(chrome).all())
    for reason in page.locator(".more__why, .why__tie").all():
        assert not reason.is_visible()
    written = "all => all.filter(e => e.getClientRects().length && !e.closest('.story-card')).map(e => getComputedStyle(e, '::after').content)"
    said = page.locator(".out").evaluate_all(written)
    assert said or name != "story"
    assert all("http" in address for address in said)


def test_a_printed_edition_has_headline_publisher_and_time_of_each_story(visit):
    page = visit.page
    page.goto(address("edition"))
    page.emulate_media(media="print")
    cards = page.locator(".story-card").all()
    assert cards
    for card in cards:
        assert card.locator(".story-card__headline").is_visible()
        assert card.locator(".meta__who").first.is_visible()
        assert card.locator(".meta time .clock").first.is_visible()


def test_the_keyboard_reaches_the_news_past_the_head(visit):
    visit.page.goto("/")
    visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("document.activeElement.className") == "skip"
    assert visit.page.locator(".skip").is_visible()
    visit.page.keyboard.press("Enter")
    assert visit.page.evaluate("document.activeElement.id") == "main"


def test_everything_works_without_javascript(browser, server):
    visit = Visit(browser, server, java_script_enabled=False)
    page = visit.page
    page.goto("/")
    assert page.locator("[data-setting=theme]").is_hidden()
    details = page.locator("main details:visible").first
    inside = details.locator("> :not(summary)").first
    assert not inside.is_visible()
    details.locator("summary").click()
    assert inside.is_visible()
    page.locator("main h2 a").first.click()
    assert "/stories/" in page.url
    assert page.locator("h1").is_visible()
    page.get_by_role("searchbox").first.fill("facial recognition")
    page.get_by_role("button", name="Search").first.click()
    assert page.locator("main ol > li").count() > 1
    page.get_by_role("link", name="Filter").click()
    page.get_by_label("Minimum quality").fill("1000")
    page.get_by_role("button", name="Apply").click()
    assert page.locator("main ol > li").count() == 0
    visit.context.close()
