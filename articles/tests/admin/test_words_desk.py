"""An editor's words, a time to publish and the way back, by the forms of the desk."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from articles.models import Article, Decision, Page
from articles.publishing import decide, edit, withdraw
from articles.tests.make import import_drops, make_drop

from .browser import forms_on
from .conftest import messages

pytestmark = pytest.mark.django_db
Kind = Decision.Kind


@pytest.fixture
def article(db) -> Article:
    drop = make_drop(title="What the drop says", topics=["Ships", "Ports"])
    import_drops({"good.txt": drop})
    return Article.objects.get()


def page_of(article: Article) -> str:
    return f"/admin/articles/article/{article.pk}/change/"


def form(desk, article: Article) -> dict[str, list[str]]:
    text = desk.get(page_of(article)).content.decode()
    [found] = [one for one in forms_on(text) if "was_headline" in one]
    return found


def send(desk, article: Article, **fields):
    """The form as a browser sends it: fields that nobody touched as they were."""
    given = form(desk, article)
    for kind in ("headline", "excerpt", "picture", "topics"):
        given.setdefault(kind, given[f"was_{kind}"])
    sent = given | {"save": ["1"]} | {name: [value] for name, value in fields.items()}
    path = f"/admin/articles/article/{article.pk}/words/"
    return desk.post(path, sent, follow=True)


def shown(article: Article) -> str:
    return Page.objects.get(pk=article.page_id).title


def test_only_what_differs_is_set(desk, article):
    answer = send(desk, article, headline="What Edith says", why="shorter")
    assert messages(answer)[0].startswith("Saved.")
    [made] = Decision.objects.filter(kind__in=["headline", "excerpt", "topics"])
    assert (made.kind, made.why, made.place) == ("headline", "shorter", "article")
    assert shown(article) == "What Edith says"
    text = desk.get(page_of(article)).content.decode()
    assert "What the drop says" in text and "What Edith says" in text


def test_the_message_takes_it_back(desk, article):
    answer = send(desk, article, topics="Cranes\r\nPorts")
    [said] = answer.context["messages"]
    act = said.extra_tags
    sent = {"undo": act, "next": page_of(article)}
    answer = desk.post("/admin/undo/", sent, follow=True)
    assert messages(answer)[0].startswith("Undone: set topics of")
    assert [one.name for one in article.labels.order_by("position")] == [
        "Ships",
        "Ports",
    ]
    assert messages(desk.post("/admin/undo/", sent, follow=True)) == [
        "That was undone already."
    ]


def test_each_field_goes_back_to_the_drop_alone(desk, article):
    send(desk, article, headline="What Edith says", excerpt="Briefly.")
    send(desk, article, back="headline")
    assert shown(article) == "What the drop says"
    assert Page.objects.get(pk=article.page_id).excerpt == "Briefly."


def test_who_set_it_meanwhile_is_not_overruled_unseen(desk, article):
    given = form(desk, article)
    edit(article, {Kind.HEADLINE: "Somebody else's"})
    sent = given | {"headline": ["Mine"], "save": ["1"]}
    path = f"/admin/articles/article/{article.pk}/words/"
    [said] = messages(desk.post(path, sent, follow=True))
    assert "a script set title" in said and shown(article) == "Somebody else's"


def test_it_is_looked_at_before_it_is_saved(desk, article):
    given = form(desk, article)
    sent = given | {"headline": ["What Edith says"], "preview": ["1"]}
    answer = desk.post(f"/admin/articles/article/{article.pk}/words/", sent)
    text = answer.content.decode()
    assert "What Edith says" in text and "Nothing was decided" in text
    assert not Decision.objects.exists()
    assert "What Edith says" not in Client().get("/").content.decode()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("headline", "  ", "shows nothing"),
        ("picture", "http://example.com/a.jpg", "https://"),
        ("picture", "javascript:alert(1)", "picture"),
        ("excerpt", "x" * 6000, "longer than"),
        ("topics", "\n".join(map(str, range(30))), "at most 20"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_words(desk, article, field, value, said):
    [message] = messages(send(desk, article, **{field: value}))
    assert message.startswith("Nothing was changed") and said in message
    assert not Decision.objects.exists()


def test_nothing_set_is_nothing_decided(desk, article):
    [message] = messages(send(desk, article))
    assert message.startswith("Nothing was changed") and not Decision.objects.exists()


def test_a_time_is_planned_and_taken_back(desk, article):
    due = timezone.localtime() + timedelta(days=1)
    path = f"/admin/articles/article/{article.pk}/schedule/"
    sent = {"due": f"{due:%Y-%m-%dT%H:%M}", "why": "embargo"}
    [said] = messages(desk.post(path, sent, follow=True))
    assert said.startswith("It will be published on")
    plan = Decision.objects.get(kind="publish_at")
    assert timezone.localtime(plan.due_at).strftime("%H:%M") == f"{due:%H:%M}"
    text = desk.get(page_of(article)).content.decode()
    assert "Planned for" in text
    desk.post("/admin/undo/", {"undo": plan.act})
    assert not Decision.objects.waiting().exists()


def test_who_withdrew_it_meanwhile_is_not_overruled_by_a_plan(desk, article):
    text = desk.get(page_of(article)).content.decode()
    [given] = [one for one in forms_on(text) if "due" in one]
    withdraw(article)
    due = f"{timezone.localtime() + timedelta(days=1):%Y-%m-%dT%H:%M}"
    path = f"/admin/articles/article/{article.pk}/schedule/"
    [said] = messages(desk.post(path, given | {"due": [due]}, follow=True))
    assert "a script withdrew" in said
    assert not Decision.objects.waiting().exists()


@pytest.mark.parametrize("due", ["", "x", "2001-01-01T00:00", "9999-01-01T00:00", "0"])
def test_a_time_that_cannot_be_is_refused(desk, article, due):
    path = f"/admin/articles/article/{article.pk}/schedule/"
    [said] = messages(desk.post(path, {"due": due}, follow=True))
    assert said.startswith("Nothing was planned") and not Decision.objects.exists()


def test_undo_leads_nowhere_else(desk, article):
    for odd in (
        "https://elsewhere.example/",
        "//elsewhere.example",
        "/",
        "javascript:x",
    ):
        answer = desk.post("/admin/undo/", {"undo": "x", "next": odd})
        assert answer["Location"] == "/admin/"


def test_undo_says_what_another_decided_since_and_leaves_it(desk, article):
    paul = User.objects.create_superuser("paul")
    act = decide(Kind.PUBLISH, article.page).act
    withdraw(article.page, by=paul)
    edited = edit(article, {Kind.HEADLINE: "One", Kind.EXCERPT: "Two"})
    edit(article, {Kind.HEADLINE: "Paul's"}, by=paul)
    said = [
        messages(desk.post("/admin/undo/", {"undo": one}, follow=True))
        for one in (act, edited)
    ]
    assert "paul withdrew it since" in said[0][-1]
    assert "paul set title of “Paul" in said[1][-1] and len(said[1]) == 2
    assert shown(article) == "Paul's"
    article.refresh_from_db()
    assert not article.published


def test_nobody_plans_over_what_another_decided_unseen(desk, article):
    text = desk.get(page_of(article)).content.decode()
    [given] = [one for one in forms_on(text) if "due" in one]
    withdraw(article.page, by=User.objects.create_superuser("paul"))
    sent = given | {"due": [f"{timezone.now() + timedelta(days=1):%Y-%m-%dT%H:%M}"]}
    path = f"/admin/articles/article/{article.pk}/schedule/"
    [said] = messages(desk.post(path, sent, follow=True))
    assert "paul withdrew" in said and "look at it again" in said
    assert not Decision.objects.waiting().exists()
