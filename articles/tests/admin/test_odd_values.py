"""Whatever is asked of the desk, and however: an answer in words, and never a fault."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.models import Article, Decision, ImportRun, LinkedPage
from articles.publishing import withdraw
from articles.tests.make import import_drops, make_drop
from articles.tests.properties import examples

from .browser import acting, opened, ticked
from .conftest import change, messages
from .events import BRIDGE, bring, coverage, page, story

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/article/"
HUGE = "9" * 30
ODD = (
    "",
    "x",
    "-1",
    "0",
    HUGE,
    "9" * 5000,
    "\0",
    "a\0b",
    "\u0662",
    "é",
    "\u202e",
    "'\"<b>",
    "%",
    "1.5",
    "1,2,x",
    "None",
    "2024-13-45",
    "9999",
    "0000",
    "99999",
    "../x",
    "_3A",
)
MOST_ODD = ("x", HUGE, "\0", "-1")
NAMES = (
    "q",
    "p",
    "o",
    "e",
    "all",
    "_popup",
    "_to_field",
    "_facets",
    "waiting",
    "decision",
    "readers",
    "drop",
    "published__exact",
    "published__isnull",
    "drop_published__exact",
    "type__exact",
    "topics__id__exact",
    "published_at__year",
    "published_at__month",
    "published_at__day",
    "published_at__gte",
    "published_at__lt",
    "latest_at__gte",
    "pinned__exact",
    "is_listed__exact",
    "kind__exact",
    "author",
    "undone_at__isempty",
    "at__year",
    "at__month",
    "at__day",
    "id__exact",
    "id__in",
    "pk",
    "provider__domain",
    "no_such_field",
    "published__no_such_lookup",
    "source_name__regex",
    "version",
    "back",
    "after",
    "is_staff__exact",
    "groups__id__exact",
    "_changelist_filters",
)


def lists() -> list[str]:
    reverse("admin:index")  # loads the addresses, and the desk with them
    return [
        reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        for model in admin.site._registry
    ]


@pytest.fixture
def boss(client, editor) -> Client:
    client.force_login(editor)
    client.raise_request_exception = False
    return client


@pytest.fixture
def something(db) -> None:
    bring(coverage(BRIDGE, 3, linked=1))
    withdraw(page(BRIDGE, 1))


def answered(answer, about) -> None:
    assert answer.status_code < 500, about
    assert b"database installation" not in answer.content, about


@pytest.mark.nightly
@pytest.mark.parametrize("value", ODD, ids=lambda value: ascii(value[:12]))
def test_every_list_takes_odd_values(boss, something, value):
    for path in lists():
        for name in NAMES:
            answered(boss.get(path, {name: value}), (path, name, value))
        drilled = {"published_at__year": value, "published_at__month": "2"}
        answered(boss.get(path, drilled), (path, drilled))
        drilled = {"at__year": "2024", "at__month": value, "at__day": value}
        answered(boss.get(path, drilled), (path, drilled))


@pytest.mark.parametrize("value", MOST_ODD, ids=lambda value: ascii(value[:12]))
def test_every_page_takes_odd_keys(boss, something, value):
    for path in lists():
        for name in ("change/", "history/", "delete/", "drop/", "undo/", "password/"):
            answered(boss.get(f"{path}{value}/{name}", follow=True), (path, name))
            answered(boss.post(f"{path}{value}/{name}", follow=True), (path, name))
    for name in ("version", "_to_field", "_popup", "_changelist_filters"):
        for path in (
            f"{LIST}{Article.objects.first().pk}/change/",
            f"{LIST}{Article.objects.first().pk}/drop/",
            change(story(BRIDGE)),
            f"/admin/articles/importrun/{ImportRun.objects.first().pk}/change/",
            f"/admin/articles/importrun/{ImportRun.objects.first().pk}/undo/",
        ):
            answered(boss.get(path, {name: value}), (path, name))


ASKED = {
    "queue/": ("order", "q", "topic", "provider", "before"),
    "preview/": ("act", "page", "of"),
    "": ("x",),
    "lists/x/": ("p",),
    "articles/decision/": ("undone", "kind", "author", "p"),
    "articles/article/": ("provider", "topic", "picture", "quality", "by", "run"),
    "articles/article/{article}/drop/": ("version", "against"),
    "articles/story/review/": ("page", "before", "p"),
}
POSTED = {
    "queue/": ("publish", "publish_at", "undo", "story", "shown", "due", "fragment"),
    "undo/": ("undo", "next"),
    "articles/article/{article}/words/": ("headline", "picture", "topics", "back"),
    "articles/article/{article}/schedule/": ("due", "why", "shown"),
}
MALFORMED = (
    (b"\xff\xfe=%zz&&=", "application/x-www-form-urlencoded"),
    (b"{", "application/json"),
    (b"--x\r\n", "multipart/form-data; boundary=x"),
    (b"", "multipart/form-data"),
    (b"a=1", "text/plain; charset=nope"),
)


@pytest.mark.parametrize(
    "value",
    [
        *MOST_ODD,
        pytest.param("9999-12-31T23:59-23:59", id="the last day"),
        pytest.param("0001-01-01T00:00+23:59", id="the first day"),
        pytest.param("https://[::1", id="half an address"),
        pytest.param("a\n" * 30, id="lines"),
    ],
)
def test_pages_beside_the_lists_take_odd_values(boss, something, value):
    article = Article.objects.first()
    one = {"act": "publish", "page": str(article.page_id)}
    for path, names in ASKED.items():
        path = f"/admin/{path}".format(article=article.pk)
        for name in names:
            given = (one if "preview" in path else {}) | {name: [value, "1", value]}
            answered(boss.get(path, given), (path, given))
    some = {"publish_at": str(story(BRIDGE).pk), "preview": "1"}
    for path, names in POSTED.items():
        path = f"/admin/{path}".format(article=article.pk)
        for name in names:
            for given in ({name: value}, some | {name: value}):
                answered(boss.post(path, given), (path, given))
        for body, kind in MALFORMED:
            sent = boss.generic("POST", path, body, content_type=kind)
            answered(sent, (path, body))


@pytest.mark.parametrize(
    "words",
    [
        " ".join(f"w{n}" for n in range(2000)),
        "x" * 100_000,
        '"' * 300,
        "%" * 60_000,
        "a\0b",
        "' \" '",
    ],
    ids=["2000 words", "one long word", "quotes", "percents", "nul", "few quotes"],
)
def test_every_list_bounds_its_search(boss, something, words):
    for path in lists():
        answer = boss.get(path, {"q": words}, follow=True)
        answered(answer, path)
        if (
            len(words) > 200
            and answer.status_code == 200
            and "q" in str(answer.context)
        ):
            has_search = answer.context["cl"].search_fields
            assert not has_search or "Nothing was searched for" in str(messages(answer))


SENT = st.dictionaries(
    st.sampled_from(
        [
            "_selected_action",
            "action",
            "select_across",
            "index",
            "_save",
            "form-0-id",
            "form-0-published",
            "form-TOTAL_FORMS",
            "form-x-id",
            "shown",
            "story",
            "act",
            "undo",
            "page",
            "to",
            "title",
            "why",
            "kind",
            "one",
            "other",
            "sure",
            "back",
            "published",
            "_continue",
            "_saveasnew",
        ]
    ),
    st.lists(
        st.one_of(
            st.sampled_from(ODD),
            st.sampled_from(
                [
                    "1",
                    "on",
                    "do",
                    "dismiss",
                    "split",
                    "merge",
                    "move",
                    "lead",
                    "title",
                    "pin",
                    "publish",
                    "publish_selected",
                    "withdraw_selected",
                    "publish_with_story",
                    "merge_selected",
                    "delete_selected",
                    "1.11.0",
                    "1.00.999",
                    "1.1.0 1.2.0",
                    "\ud800".encode("utf-8", "replace").decode(),
                ]
            ),
            st.text(max_size=20),
        ),
        max_size=3,
    ),
    max_size=8,
)


def tried(number: int) -> settings:
    return settings(
        max_examples=examples(number),
        deadline=None,
        suppress_health_check=[
            HealthCheck.function_scoped_fixture,
            HealthCheck.too_slow,
        ],
    )


def browser() -> Client:
    if not Article.objects.exists():
        bring(coverage(BRIDGE, 3, linked=1))
    user, _ = User.objects.get_or_create(
        username="boss", is_superuser=True, is_staff=True
    )
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


VALUES = st.one_of(st.sampled_from(ODD), st.text(max_size=20))


@tried(60)
@given(
    asked=st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=4),
    which=st.integers(0, 30),
)
def test_whatever_a_list_is_asked_is_answered(db, asked, which):
    client = browser()
    path = lists()[which % len(lists())]
    answered(client.get(path, asked), (path, asked))


@tried(20)
@given(sent=SENT, which=st.integers(0, 30))
def test_whatever_is_posted_is_answered(db, sent, which):
    client = browser()
    paths = [
        *lists(),
        f"{LIST}{Article.objects.first().pk}/change/",
        change(story(BRIDGE)),
        "/admin/articles/story/review/",
        f"/admin/articles/page/{page(BRIDGE).pk}/change/",
    ]
    path = paths[which % len(paths)]
    if "user" in path or "group" in path:
        sent = sent | {"action": ["x"]}
    answered(client.post(path, sent), (path, sent))


@pytest.mark.parametrize("value", ["x", HUGE, "-1", "", "\0", "\u0662", "1.0"])
def test_rows_that_no_list_has_are_refused_in_words(boss, something, value):
    for path in lists():
        sent = {"action": "publish_selected", "_selected_action": [value]}
        answer = boss.post(path, sent)
        assert answer.status_code == 400, path
        assert "names a row that cannot exist" in answer.content.decode()
    form = ticked(opened(boss, LIST), {}) | {"form-0-id": [value]}
    assert boss.post(LIST, form).status_code == 400
    assert set(Decision.objects.values_list("kind", flat=True)) == {"withdraw"}


def test_a_filter_that_is_none_is_said_to_be_none(boss, something):
    answer = boss.get(LIST, {"published_at__year": "x"}, follow=True)
    assert messages(answer) == [
        "The list cannot be filtered by that: this is all of it."
    ]
    assert boss.get(LIST, {"e": "1", "published_at__year": "x"}).status_code == 400
    answer = boss.get(LIST, {"no_such_field": "x"}, follow=True)
    assert len(messages(answer)) == 1
    for model, name in (("article", "published_at"), ("decision", "at")):
        for value in ("9999", "0001", "-1", "0"):
            asked = {f"{name}__year": value}
            answered(boss.get(f"/admin/articles/{model}/", asked), (model, asked))
    for model, name in (("page", "published_at"), ("importrun", "started_at")):
        for value in ("9999", "0001", "-1", "0", "99999"):
            asked = {f"{name}__year": value}
            answered(boss.get(f"/admin/articles/{model}/", asked), (model, asked))


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        (" A\0 \x1b[31mred\u202e title\u2066 ", "A [31mred title"),
        ("two\nlines\u2028here", "two lines here"),
        ("AT&amp;T &#0; x", "AT&T \ufffd x"),
    ],
)
def test_titles_of_editors_are_cleaned_like_others(send, two_stories, typed, title):
    send(story(BRIDGE), "title", title=typed, why="so\x1b it\u202e is\0")
    assert story(BRIDGE).title == title
    assert Decision.objects.latest("pk").why == "so it is"


def test_a_title_of_nothing_but_controls_is_refused(send, two_stories):
    [said] = send(story(BRIDGE), "title", title="\u202e\0\u200b")
    assert "that title shows nothing" in said
    assert not Decision.objects.exists()


def test_names_of_files_are_shown_as_they_are_spelled(boss):
    name = "odd\x1b[31m\u202e\x07name"
    import_drops({f"{name}.txt": make_drop(title="Odd"), "bad\x1b.txt": b"---\nx"})
    article, run = Article.objects.get(), ImportRun.objects.get()
    withdraw(article)
    for path in (
        f"{LIST}{article.pk}/change/",
        f"{LIST}{article.pk}/drop/",
        f"/admin/articles/importrun/{run.pk}/change/",
        f"/admin/articles/importrun/{run.pk}/undo/",
        "/admin/articles/decision/",
        f"{LIST}{article.pk}/history/",
        f"/admin/articles/decision/{Decision.objects.get().pk}/change/",
    ):
        text = boss.get(path).content.decode()
        assert not any(mark in text for mark in "\x1b\u202e\x07"), path
    assert "odd\\x1b[31m\\u202e\\x07name" in text


def test_linked_pages_and_deep_pages_of_lists(boss, something):
    assert LinkedPage.objects.exists()
    for number in ("2", "999999999999", "-5"):
        answered(boss.get(LIST, {"p": number}, follow=True), number)
    form = acting(opened(boss, LIST), "publish_selected", [])
    answered(boss.post(LIST, form), "none selected")


@pytest.mark.parametrize(
    "sent", [{"why": "x" * 3_000_000}, {f"n{n}": 1 for n in range(1100)}]
)
def test_more_than_a_form_holds_is_refused_in_words(boss, something, sent):
    answer = boss.post(LIST, sent)
    assert answer.status_code == 400
    assert "larger than this site accepts" in answer.content.decode()
    assert len(answer.content) < 10_000
