"""The form on a story's page: every act through it, and back."""

from __future__ import annotations

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from articles.models import Article, Decision, Page, Story
from articles.publishing import merge, split, withdraw
from articles.tests.make import make_page

from .browser import acting, opened
from .conftest import EDITORS, change, member
from .events import (
    BRIDGE,
    FLOOD,
    bring,
    coverage,
    page,
    pages,
    partition,
    story,
    url_of,
    urls,
)

STORIES = "/admin/articles/story/"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("two_stories")]


def undo_latest(send, of: Story) -> list[str]:
    return send(of, "", undo=Decision.objects.latest("pk").act)


def test_splitting_off_and_back(send):
    before = partition()
    assert send(story(BRIDGE), "split", pages(BRIDGE, 1, 3)) == [
        "Split off: 2 articles."
    ]
    assert urls(BRIDGE, (1, 3)) in partition()
    made = Decision.objects.latest("pk")
    assert (made.author, made.why) == ("edith", "so it is")
    assert undo_latest(send, story(BRIDGE, 1)) == ["Undone."]
    assert partition() == before
    assert Decision.objects.latest("pk").undone_by == "edith"


@pytest.mark.parametrize("spell", ["id", "reader", "desk", "full", "member"])
def test_moving_to_a_story_by_any_of_its_addresses(send, spell):
    there = story(FLOOD)
    to = {
        "id": there.public_id,
        "reader": f"/stories/{there.public_id}/{there.slug}/",
        "desk": f"http://testserver{change(there)}",
        "full": f" https://news.example/stories/{there.public_id}/?a=b#c ",
        "member": f"/articles/{page(FLOOD, 2).public_id}/some-slug/",
    }[spell]
    before = partition()
    [said] = send(story(BRIDGE), "move", pages(BRIDGE, 2), to=to)
    assert "1 article" in said
    assert urls(FLOOD, range(3)) | {url_of(BRIDGE, 2)} in partition()
    undo_latest(send, story(FLOOD))
    assert partition() == before


def test_merging_from_the_form_and_from_the_list(send, desk):
    before = partition()
    send(story(BRIDGE), "merge", to=story(FLOOD).public_id)
    assert len(partition()) == 1
    undo_latest(send, story(FLOOD))
    assert partition() == before
    both = [story(BRIDGE).pk, story(FLOOD).pk]
    form = opened(desk, STORIES)
    desk.post(STORIES, acting(form, "merge_selected", both, why="one storm"))
    assert len(partition()) == 1
    assert Decision.objects.latest("pk").why == "one storm"


def test_lead_title_and_pin(send):
    send(story(BRIDGE), "lead", pages(BRIDGE, 0))
    assert story(BRIDGE).lead == page(BRIDGE, 0)
    send(story(BRIDGE), "title", title=" The  bridge ")
    assert story(BRIDGE).title == "The bridge"
    send(story(BRIDGE), "title", title="")
    assert story(BRIDGE).title == ""
    send(story(BRIDGE), "pin")
    assert story(BRIDGE).pinned
    send(story(BRIDGE), "unpin")
    assert not story(BRIDGE).pinned


def test_publishing_and_withdrawing_the_chosen(send, client):
    send(story(BRIDGE), "withdraw", pages(BRIDGE, 0, 1))
    assert [page(BRIDGE, n).is_withdrawn for n in range(4)] == [
        True,
        True,
        False,
        False,
    ]
    assert LogEntry.objects.filter(change_message="withdrawn").count() == 2
    send(story(BRIDGE), "publish", pages(BRIDGE, 0))
    assert page(BRIDGE, 0).is_listed
    assert len(partition()) == 2


@pytest.mark.parametrize(
    ("act", "numbers", "more"),
    [
        ("split", (), {}),
        ("split", (0, 1, 2, 3), {}),
        ("lead", (0, 1), {}),
        ("lead", (), {}),
        ("move", (0,), {"to": ""}),
        ("move", (0,), {"to": "nothing/of://that kind"}),
        ("move", (0,), {"to": "itself"}),
        ("merge", (), {"to": "itself"}),
        ("title", (), {"title": ""}),
        ("unpin", (), {}),
        ("", (0,), {}),
        ("no such act", (0,), {}),
        ("", (), {"undo": "no such act"}),
        ("split", (), {"page": ["x", "-1", "9" * 40, "\u0662"]}),
    ],
)
def test_what_would_change_nothing_is_said_in_words(send, act, numbers, more):
    more = {
        key: story(BRIDGE).public_id if value == "itself" else value
        for key, value in more.items()
    }
    [said] = send(story(BRIDGE), act, pages(BRIDGE, *numbers), **more)
    assert said.startswith("Nothing was changed: ")
    assert not Decision.objects.exists()
    assert not LogEntry.objects.exists()


def test_a_page_that_has_left_the_story_meanwhile_is_not_acted_on(send):
    split(pages(BRIDGE, 1))
    made = Decision.objects.count()
    [said] = send(story(BRIDGE), "withdraw", pages(BRIDGE, 0, 1))
    assert "look at it again" in said
    assert Decision.objects.count() == made


@pytest.mark.parametrize("missing", ["can_publish", "change_story", "view_story"])
def test_who_lacks_a_permission_changes_nothing(client, missing):
    granted = [name for name in EDITORS if name != missing]
    if missing == "view_story":
        granted.remove("change_story")
    client.force_login(member("vera", granted))
    answer = client.post(change(story(BRIDGE)), {"act": "pin"})
    assert answer.status_code == 403
    shown = client.get(change(story(BRIDGE)))
    assert shown.status_code == (403 if missing == "view_story" else 200)
    assert b'name="act"' not in shown.content
    sent = {
        "action": "merge_selected",
        "_selected_action": [story(BRIDGE).pk, story(FLOOD).pk],
    }
    client.post("/admin/articles/story/", sent)
    assert not Decision.objects.exists()


def test_a_forged_form_is_refused():
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(member("edith", EDITORS))
    assert browser.post(change(story(BRIDGE)), {"act": "pin"}).status_code == 403
    assert (
        browser.post("/admin/articles/story/review/", {"undo": "x"}).status_code == 403
    )
    assert not Decision.objects.exists()


def test_looking_changes_nothing(desk):
    desk.get(change(story(BRIDGE)), {"act": "pin"})
    assert not Decision.objects.exists()


def test_the_page_names_everybodys_acts_and_what_became_of_them(desk, send):
    send(story(BRIDGE), "split", pages(BRIDGE, 1))
    undo_latest(send, story(BRIDGE))
    send(story(BRIDGE), "move", pages(BRIDGE, 2), to=story(FLOOD).public_id)
    send(story(FLOOD), "withdraw", pages(BRIDGE, 2))
    text = desk.get(change(story(FLOOD))).content.decode()
    for words in (
        "Moved “Quixano",
        "to the story of “Brzezinka",
        "Withdrew “",
        "so it is",
    ):
        assert words in text, words
    text = desk.get(change(story(BRIDGE))).content.decode()
    assert "Split “Quixano" in text and "Undone by edith" in text
    assert text.count('name="undo"') == 1


def test_a_large_act_is_one_line(desk):
    merge([story(BRIDGE), story(FLOOD)])
    text = desk.get(change(story(BRIDGE))).content.decode()
    assert text.count("<li>\n    <span>") == 1


def test_odd_stories_are_shown(desk):
    withdraw(pages(BRIDGE, 0, 1, 2, 3))
    answer = desk.get(change(story(BRIDGE)))
    assert "Readers do not see it" in answer.content.decode()
    bare = make_page("https://odd.example/<b>")
    lone = Story.objects.create(founder=bare, public_id=bare.public_id)
    for _ in range(2):
        assert desk.get(change(lone)).status_code == 200
        Page.objects.filter(pk=bare.pk).update(story=lone, title="", published_at=None)
    assert desk.get("/admin/articles/story/").status_code == 200
    gone = desk.get("/admin/articles/story/999999/change/", follow=True)
    assert "This story no longer exists." in gone.content.decode()
    assert desk.get("/admin/articles/story/x'y/change/", follow=True).status_code == 200


def test_a_page_of_a_story_costs_the_same_however_many_pages(
    desk, django_assert_max_num_queries
):
    Article.objects.count()
    with django_assert_max_num_queries(20):
        desk.get(change(story(FLOOD)))
    bring(coverage(FLOOD, 12))
    assert story(FLOOD).pages.count() == 12
    with django_assert_max_num_queries(20):
        desk.get(change(story(FLOOD)))
