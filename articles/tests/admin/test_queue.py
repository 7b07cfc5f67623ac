"""The queue: what an editor sees of a story, and what becomes of it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.admin import queue_acts
from articles.models import Article, Decision, QueuedStory, Story
from articles.publishing import withdraw
from articles.selectors.desk import queue as selector
from articles.settle import settle
from articles.tests.make import NOW, make_article
from articles.tests.plans import of_sqlite, plans_of

from .browser import forms_on
from .conftest import EDITORS, member, messages
from .events import BRIDGE, FLOOD, bring, coverage

pytestmark = pytest.mark.django_db
QUEUE = "/admin/queue/"
MOST = 12


@pytest.fixture
def waiting(db) -> None:
    """Two events that nobody decided about: four articles, and three."""
    bring(coverage(BRIDGE, 4, published=False), coverage(FLOOD, 3, published=False))
    assert QueuedStory.objects.count() == 2


@pytest.fixture
def other(waiting) -> Client:
    """The browser of another editor."""
    client = Client()
    client.force_login(member("otto", EDITORS))
    return client


def row_of(event: str) -> QueuedStory:
    return QueuedStory.objects.get(best__title__startswith=event)


def form_of(client, row: QueuedStory, act: str) -> dict:
    """What the form of a row sends when its button is pressed."""
    text = client.get(QUEUE).content.decode()
    shown = [
        form["shown"][0]
        for form in forms_on(text)
        if form.get("shown", ["0."])[0].startswith(f"{row.pk}.")
    ]
    return {"shown": shown[0], act: row.pk}


def press(client, row: QueuedStory, act: str, **more) -> list[str]:
    sent = form_of(client, row, act) | more
    return messages(client.post(QUEUE, sent, follow=True))


def undo_of(client) -> str:
    return Decision.objects.order_by("-pk").values_list("act", flat=True)[0]


def test_a_row_says_what_a_story_is_and_where_it_would_stand(desk, waiting):
    text = desk.get(QUEUE).content.decode()
    assert f"{BRIDGE}, report 3" in text
    assert "Press 3" in text and "and 1 more" in text
    assert "4 articles" in text and "quality 63" in text
    assert "Would stand 1st of Top stories: 4 publishers" in text
    assert "/admin/preview/?act=publish&amp;page=" in text


def test_publishing_a_story_publishes_its_best_article(desk, waiting):
    row = row_of(BRIDGE)
    assert press(desk, row, "publish") == [f"Published: “{row.best}”."]
    assert Story.objects.listed().get().lead_id == row.best_id
    assert Article.objects.filter(decided=True).get().page_id == row.best_id
    assert not QueuedStory.objects.filter(pk=row.pk).exists()
    one = Decision.objects.get()
    assert (one.place, one.author) == ("queue", "edith")


def test_a_withdrawal_says_what_it_takes_away(desk, waiting):
    row = row_of(BRIDGE)
    assert "Withdraws 4 articles: no list" in desk.get(QUEUE).content.decode()
    [words] = press(desk, row, "withdraw")
    assert "4 articles" in words and "whoever links them" in words
    assert Article.objects.filter(decided=False).count() == 4
    assert not QueuedStory.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("act", ["publish", "withdraw"])
def test_the_message_takes_an_act_back(desk, waiting, act):
    before = list(QueuedStory.objects.order_by("pk").values())
    sent = form_of(desk, row_of(BRIDGE), act)
    answer = desk.post(QUEUE, sent, follow=True)
    assert f'value="{undo_of(desk)}"' in answer.content.decode()
    [words] = messages(desk.post(QUEUE, {"undo": undo_of(desk)}, follow=True))
    assert words.startswith("Undone: ")
    assert list(QueuedStory.objects.order_by("pk").values()) == before
    [again] = messages(desk.post(QUEUE, {"undo": undo_of(desk)}, follow=True))
    assert "undone already" in again


def test_several_are_one_act(desk, waiting):
    rows = list(QueuedStory.objects.all())
    shown = [form_of(desk, row, "publish")["shown"] for row in rows]
    sent = {"act": "publish", "story": [row.pk for row in rows], "shown": shown}
    assert messages(desk.post(QUEUE, sent, follow=True)) == ["Published: 2 stories."]
    assert not QueuedStory.objects.exists()
    desk.post(QUEUE, {"undo": undo_of(desk)})
    assert QueuedStory.objects.count() == 2


def test_very_many_are_asked_about_again(desk, waiting, monkeypatch):
    monkeypatch.setattr("articles.admin.queue.MANY", 1)
    monkeypatch.setattr(queue_acts, "MANY", 1)
    rows = list(QueuedStory.objects.all())
    shown = [form_of(desk, row, "publish")["shown"] for row in rows]
    sent = {"act": "withdraw", "story": [row.pk for row in rows], "shown": shown}
    answer = desk.post(QUEUE, sent)
    text = answer.content.decode()
    assert "withdraws 7 articles of 2 stories" in text
    assert not Decision.objects.exists()
    [form] = [form for form in forms_on(text) if "story" in form]
    said = messages(desk.post(QUEUE, form | {"sure": "yes"}, follow=True))
    assert said == ["Withdrawn: 2 stories."]
    assert Decision.objects.values("act").distinct().count() == 1


def test_nobody_decides_on_what_another_decided_meanwhile(desk, other, waiting):
    row = row_of(BRIDGE)
    mine, theirs = (form_of(one, row, "publish") for one in (desk, other))
    other.post(QUEUE, theirs)
    [words] = messages(desk.post(QUEUE, mine, follow=True))
    assert "was left as it is: otto published it since" in words
    assert Decision.objects.count() == 1


def test_a_story_that_an_import_changed_is_looked_at_again(desk, waiting):
    mine = form_of(desk, row_of(BRIDGE), "publish")
    bring(coverage(BRIDGE, 5, published=False))
    [words] = messages(desk.post(QUEUE, mine, follow=True))
    assert "changed since, by an import" in words
    assert not Decision.objects.exists()


def test_a_form_that_does_not_say_what_it_showed_decides_nothing(desk, waiting):
    desk.post(QUEUE, {"publish": row_of(BRIDGE).pk})
    assert not Decision.objects.exists()


def test_undoing_leaves_what_another_decided_since(desk, other, waiting):
    row = row_of(BRIDGE)
    press(desk, row, "withdraw")
    act = undo_of(desk)
    withdraw(row.best, by=member("ona", EDITORS))
    [back, kept] = messages(desk.post(QUEUE, {"undo": act}, follow=True))[::-1]
    assert "ona withdrew it since" in kept + back
    row.best.refresh_from_db()
    assert row.best.is_withdrawn
    assert Article.objects.filter(decided=False).count() == 1


def test_undoing_what_another_decided_on_since_is_refused(desk, waiting):
    row = row_of(BRIDGE)
    press(desk, row, "publish")
    act = undo_of(desk)
    withdraw(row.best, by=member("ona", EDITORS))
    [words] = messages(desk.post(QUEUE, {"undo": act}, follow=True))
    assert "ona withdrew it since" in words and "That stands" in words
    assert Decision.objects.standing().count() == 2


def test_nobody_undoes_acts_of_others_here(desk, other, waiting):
    press(other, row_of(BRIDGE), "publish")
    [words] = messages(desk.post(QUEUE, {"undo": undo_of(desk)}, follow=True))
    assert "Nothing was changed" in words
    assert Decision.objects.standing().count() == 1


def test_an_article_is_planned_and_the_plan_taken_back(desk, waiting):
    row, next_year = row_of(BRIDGE), timezone.localdate().year + 1
    [words] = press(desk, row, "publish_at", due=f"{next_year}-01-31T08:00")
    assert f"To be published 31 January {next_year}, 08:00" in words
    assert "Planned by edith" in desk.get(QUEUE).content.decode()
    desk.post(QUEUE, {"undo": undo_of(desk)})
    assert "Planned by" not in desk.get(QUEUE).content.decode()
    assert "give a day" in press(desk, row, "publish_at", due="soon")[0]
    assert "passed" in press(desk, row, "publish_at", due="2001-01-01T08:00")[0]


def test_a_script_gets_the_message_and_what_became_of_the_row(desk, waiting):
    row = row_of(BRIDGE)
    sent = form_of(desk, row, "publish") | {"fragment": "1"}
    text = desk.post(QUEUE, sent).content.decode()
    assert "<html" not in text and 'data-state="published"' in text
    undone = desk.post(QUEUE, {"undo": undo_of(desk), "fragment": "1"}).content.decode()
    [shown] = [f for f in undone.split('"') if f.startswith(f"{row.pk}.")]
    sent = {"publish": row.pk, "shown": shown, "fragment": "1"}
    assert 'data-state="published"' in desk.post(QUEUE, sent).content.decode()


def test_orders_search_and_filters(desk, waiting):
    def titles(query: str) -> list[str]:
        rows = desk.get(f"{QUEUE}?{query}").context["rows"]
        return [one["row"].title.split(",")[0] for one in rows]

    assert titles("") == [BRIDGE, FLOOD]
    assert titles("order=newest") == titles("order=odd") == [BRIDGE, FLOOD]
    assert titles("q=zeppelin") == [FLOOD]
    assert titles("q=zeppelin+bridge") == []
    assert titles("topic=shipping") == [BRIDGE, FLOOD]
    assert titles("topic=none") == []
    assert titles("provider=quixano3.example") == [BRIDGE]
    assert desk.get(f"{QUEUE}?before=nonsense").status_code == 400


def test_all_rows_are_met_once_page_by_page(desk, monkeypatch):
    monkeypatch.setattr(selector, "PAGE", 3)
    for number in range(8):
        make_article(
            published=False, title=f"Alone {number}", provider=f"p{number}.example"
        )
    settle(now=NOW)
    for order in selector.ORDERS:
        seen, address = [], f"{QUEUE}?order={order}"
        while address:
            context = desk.get(address).context
            seen += [one["row"].story for one in context["rows"]]
            address = context["next"]
        assert sorted(seen) == sorted(QueuedStory.objects.values_list("pk", flat=True))


@pytest.mark.parametrize("images", ["off", "direct", "proxy"])
def test_pictures_are_shown_as_the_site_is_set(desk, settings, images):
    make_article(published=False, image="https://pictures.example/1.jpg")
    settle(now=NOW)
    settings.IMAGES = images
    text = desk.get(QUEUE).content.decode()
    assert ("https://pictures.example/1.jpg" in text) == (images == "direct")
    assert ("/admin/queue/pictures/" in text) == (images == "proxy")


def test_who_may_not_decide_is_offered_nothing(client, waiting):
    client.force_login(member("rita", ("view_story", "view_article")))
    text = client.get(QUEUE).content.decode()
    assert BRIDGE in text and 'name="publish"' not in text
    assert client.post(QUEUE, {"publish": 1}).status_code == 403
    client.force_login(member("nobody", ()))
    assert client.get(QUEUE).status_code == 403


@pytest.mark.parametrize(
    "query", ["", "order=newest", "q=alone", "topic=ai", "provider=p1.example"]
)
def test_the_page_asks_as_little_of_many_as_of_few(desk, query):
    for number in range(3):
        make_article(
            published=False,
            title=f"Alone {number}",
            topics=["AI"],
            provider="p1.example",
        )
    settle(now=NOW)

    def cost() -> int:
        desk.get(f"{QUEUE}?{query}")
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(f"{QUEUE}?{query}").context["rows"]
        return len(asked)

    few = cost()
    for number in range(70):
        make_article(
            published=False,
            title=f"Alone {number}",
            topics=["AI"],
            provider="p1.example",
        )
    settle(now=NOW)
    assert few == cost() <= MOST


@of_sqlite
@pytest.mark.parametrize("order", ["strongest", "newest"])
def test_the_page_reads_its_rows_in_order(waiting, order):
    [rows, *rest] = plans_of(
        lambda: selector.queue_page(order, selector.Narrowed(), None)
    )
    assert f"queue_{'top' if order == 'strongest' else 'newest'}" in rows
    assert "TEMP B-TREE" not in rows and "SCAN articles_page" not in rows
    for plan in rest:
        for line in plan.split("\n"):
            assert "SCAN" not in line or "articles_totals" in line or "USING" in line, (
                plan
            )
