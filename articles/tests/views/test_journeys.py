"""What readers come for, from beginning to end, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .reader import Reader
from .visit import Visit, address

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture
def reader(visit: Visit) -> Reader:
    return Reader(visit.page)


@pytest.fixture
def on_a_phone(visit: Visit) -> Reader:
    visit.page.set_viewport_size({"width": 390, "height": 844})
    return Reader(visit.page)


@pytest.fixture
def without_scripts(browser, server) -> Iterator[Reader]:
    quiet = Visit(browser, server, java_script_enabled=False)
    yield Reader(quiet.page)
    quiet.context.close()


def test_find_a_story_and_where_to_read_it(reader):
    reader.goes_to("/")
    headline = reader.opens_the_first_story()
    assert reader.heading == headline
    assert reader.ways_out[0].startswith("https://")


def test_read_who_else_covers_a_story(reader):
    reader.goes_to(address("story"))
    assert reader.sees("Coverage")
    publishers = {link.split("/")[2] for link in reader.ways_out}
    assert len(publishers) > 1


def test_filter_the_latest_by_a_topic_and_remove_it(reader):
    reader.goes_to("/latest/")
    reader.follows("Filter")
    reader.ticks("Computer Vision")
    reader.presses("Apply")
    assert reader.sees("Selected:")
    assert reader.sees("5 stories on Computer Vision")
    reader.follows("Remove Topic: Computer Vision")
    reader.first_card.wait_for()
    assert reader.page.get_by_text("Selected:").count() == 0
    assert reader.cards.count() == 5


def test_save_a_story_and_find_it_again(reader):
    reader.goes_to("/latest/")
    headline = reader.first_card.locator(".story-card__headline").inner_text()
    reader.presses("Save")
    assert reader.sees("Saved")
    reader.goes_to("/saved/")
    reader.follows(headline)
    assert reader.heading == headline


def test_mute_a_publisher_and_take_it_back(reader):
    reader.goes_to("/latest/")
    everything = reader.cards.count()
    name = reader.mutes_the_publisher_of(reader.first_card)
    assert reader.sees(f"Muted: {name}")
    assert reader.cards.count() < everything
    reader.presses("Undo")
    assert reader.cards.count() == everything


def test_search_with_a_typing_error(reader):
    reader.searches_for("facail recognition")
    assert reader.sees("Showing results for")
    assert reader.page.locator("main mark").count() > 0


def test_read_with_the_keyboard_alone(reader):
    reader.goes_to("/latest/")
    headlines = reader.cards.locator(".story-card__headline").all_inner_texts()
    reader.types("Tab")
    assert reader.focus == "Skip to the news"
    reader.types("j", "j", "k")
    assert reader.focus == headlines[0]
    reader.types("o")
    reader.page.wait_for_url("**/stories/**")
    assert reader.heading == headlines[0]
    reader.types("/")
    assert reader.focus == "search"
    reader.types("Tab", "?")
    dialog = reader.page.get_by_role("dialog")
    dialog.wait_for()
    reader.types("Escape")
    dialog.wait_for(state="hidden")


def test_everything_but_what_a_browser_keeps_works_without_scripts(without_scripts):
    reader = without_scripts
    reader.goes_to("/")
    assert reader.page.get_by_role("button", name="Save").count() == 0
    headline = reader.opens_the_first_story()
    assert reader.heading == headline and reader.ways_out
    reader.goes_to("/latest/?filter=1")
    reader.ticks("Computer Vision")
    reader.presses("Apply")
    reader.follows("Remove Topic: Computer Vision")
    reader.first_card.wait_for()
    assert reader.cards.count() > 1
    reader.searches_for("facial recognition")
    assert reader.page.locator("main mark").count() > 0


def test_read_on_a_phone(on_a_phone):
    reader = on_a_phone
    for section in ("Topics", "Publishers", "Archive", "About"):
        reader.goes_to("/")
        reader.follows(section)
        assert reader.heading.startswith(section)
    reader.goes_to("/")
    folded = reader.page.locator("main details:visible").first
    reader.opens(folded)
    assert folded.locator("a").first.is_visible()
    across = reader.page.evaluate("document.documentElement.scrollWidth")
    assert across <= 390
