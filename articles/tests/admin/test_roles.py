"""Who gets which address and which action of the desk: a table, and it is whole.

A new route takes one line in ROUTES: its pattern below /admin/ as Django spells it,
then what each of ROLES gets for GET and, behind the bar, for POST: `ok` 200, `to` a
redirect, `no` 403, `--` 404, `wrong` 405. What a form has to send stands in SENT,
what stands for a new kind of parameter in `address`. A new action takes one line in
ACTIONS: the roles that are offered it. Whoever is not logged in, or has no seat at
the desk, gets the login and nothing else, whatever the route; OPEN are the exceptions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.test import Client, RequestFactory
from django.urls import get_resolver
from django.urls.resolvers import URLResolver

from articles.models import (
    Article,
    Decision,
    Drop,
    ImportRun,
    Page,
    Provider,
    Story,
    Topic,
)
from articles.publishing import withdraw
from articles.tests.make import import_drops, make_drop, related_entry

pytestmark = pytest.mark.django_db

# Staff without a role, then the groups of the migration, then who may do anything.
ROLES = ("nobody", "Editor", "Chief editor", "Operator", "boss")
STATUS = {"ok": 200, "to": 302, "no": 403, "--": 404, "wrong": 405}
ROUTES = {
    # route: what each of ROLES gets by GET | by POST
    "": "ok ok ok ok ok | ok ok ok ok ok",
    "queue/": "no ok ok no ok | no to to no to",
    "queue/pictures/<int:page>.webp": "-- -- -- -- -- | wrong wrong wrong wrong wrong",
    "lists/<slug:name>/": "no ok ok ok ok | no ok ok ok ok",
    "preview/": "no ok ok no ok | wrong wrong wrong wrong wrong",
    "undo/": "wrong wrong wrong wrong wrong | no to to no to",
    "health/": "no no no ok ok | no no no ok ok",
    "login/": "to to to to to | ok ok ok ok ok",
    "logout/": "wrong wrong wrong wrong wrong | ok ok ok ok ok",
    "password_change/": "ok ok ok ok ok | ok ok ok ok ok",
    "password_change/done/": "ok ok ok ok ok | wrong wrong wrong wrong wrong",
    "jsi18n/": "ok ok ok ok ok | wrong wrong wrong wrong wrong",
    "^(?P<app_label>articles|auth)/$": "-- ok ok ok ok | -- ok ok ok ok",
    "(?P<url>.*)$": "-- -- -- -- -- | -- -- -- -- --",
    "articles/article/": "no ok ok ok ok | no to to to to",
    "articles/article/<path:object_id>/change/": "no ok ok ok ok | no to to no to",
    "articles/article/<path:object_id>/history/": "no ok ok ok ok | no ok ok ok ok",
    "articles/article/<int:pk>/drop/": "no ok ok ok ok | no ok ok ok ok",
    "articles/article/<int:pk>/words/": "no no no no no | no to to no to",
    "articles/article/<int:pk>/schedule/": "no no no no no | no to to no to",
    "articles/article/<int:pk>/forget/": "no no no ok ok | no no no to to",
    "articles/decision/": "no ok ok ok ok | no ok ok ok ok",
    "articles/decision/<path:object_id>/change/": "no ok ok ok ok | no no no no no",
    "articles/decision/<path:object_id>/history/": "no ok ok ok ok | no ok ok ok ok",
    "articles/importrun/": "no ok ok ok ok | no ok ok ok ok",
    "articles/importrun/<path:object_id>/change/": "no ok ok ok ok | no ok ok ok ok",
    "articles/importrun/<path:object_id>/history/": "no ok ok ok ok | no ok ok ok ok",
    "articles/importrun/<int:pk>/undo/": "no no ok ok ok | no no to to to",
    "articles/page/": "no ok ok no ok | no to to no to",
    "articles/page/<path:object_id>/change/": "no ok ok no ok | no no no no no",
    "articles/page/<path:object_id>/history/": "no ok ok no ok | no ok ok no ok",
    "articles/provider/": "no ok ok ok ok | no ok ok ok ok",
    "articles/provider/<path:object_id>/change/": "no ok ok ok ok | no no no no no",
    "articles/provider/<path:object_id>/history/": "no ok ok ok ok | no ok ok ok ok",
    "articles/story/": "no ok ok no ok | no ok to no to",
    "articles/story/review/": "no ok ok no ok | no no to no to",
    "articles/story/<path:object_id>/change/": "no ok ok no ok | no no to no to",
    "articles/story/<path:object_id>/history/": "no ok ok no ok | no ok ok no ok",
    "articles/topic/": "no ok ok no ok | no ok ok no ok",
    "articles/topic/<path:object_id>/change/": "no ok ok no ok | no no no no no",
    "articles/topic/<path:object_id>/history/": "no ok ok no ok | no ok ok no ok",
    "auth/user/": "no no no no ok | no no no no ok",
    "auth/user/add/": "no no no no ok | no no no no ok",
    "auth/user/<id>/password/": "no no no no ok | no no no no ok",
    "auth/user/<path:object_id>/": "to to to to to | to to to to to",
    "auth/user/<path:object_id>/change/": "no no no no ok | no no no no ok",
    "auth/user/<path:object_id>/delete/": "no no no no ok | no no no no to",
    "auth/user/<path:object_id>/history/": "no no no no ok | no no no no ok",
    "auth/group/": "no no no no ok | no no no no ok",
    "auth/group/add/": "no no no no ok | no no no no ok",
    "auth/group/<path:object_id>/": "to to to to to | to to to to to",
    "auth/group/<path:object_id>/change/": "no no no no ok | no no no no ok",
    "auth/group/<path:object_id>/delete/": "no no no no ok | no no no no to",
    "auth/group/<path:object_id>/history/": "no no no no ok | no no no no ok",
}
SENT = {
    "articles/article/": {"action": "withdraw_selected", "index": "0"},
    "articles/article/<path:object_id>/change/": {"published": "", "why": "x"},
    "articles/article/<int:pk>/forget/": {"why": "asked for"},
    "articles/page/": {"action": "withdraw_selected", "index": "0"},
    "articles/story/": {"action": "merge_selected", "index": "0"},
    "articles/story/<path:object_id>/change/": {"act": "title", "title": "Named"},
    "auth/user/<path:object_id>/delete/": {"post": "yes"},
    "auth/group/<path:object_id>/delete/": {"post": "yes"},
}
OPEN = {"login/": (200, 200), "logout/": (302, 302)}
EDITING = {"Editor", "Chief editor", "boss"}
ACTIONS = {
    "article": {
        "publish_selected": EDITING,
        "publish_with_story": EDITING,
        "withdraw_selected": EDITING,
        "download_selected": {*EDITING, "Operator"},
    },
    "page": {"publish_selected": EDITING, "withdraw_selected": EDITING},
    "decision": {"as_csv": {*EDITING, "Operator"}},
    "story": {"merge_selected": {"Chief editor", "boss"}},
    "user": {"delete_selected": {"boss"}},
    "group": {"delete_selected": {"boss"}},
}
MODELS = (Article, Decision, Group, ImportRun, Page, Provider, Story, Topic, User)


@pytest.fixture
def site() -> None:
    """A row of every kind: an article, its story, a decision, somebody to delete."""
    entry = related_entry("https://other.example/1", title="Told elsewhere")
    import_drops({"a.txt": make_drop(title="Told here", related=[entry])})
    withdraw([Page.objects.get(article=None)])
    User.objects.create_user("aaron", is_staff=True)
    assert not [model for model in MODELS if not model.objects.exists()]


def user_of(role: str) -> User:
    if role == "boss":
        return User.objects.create_superuser(role, password=None)
    user = User.objects.create_user(role, is_staff=role != "outsider")
    user.groups.set(Group.objects.filter(name=role))
    assert user.groups.count() == (role not in ("nobody", "outsider"))
    return user


def browser(role: str) -> Client:
    client = Client()
    if role != "anonymous":
        client.force_login(user_of(role))
    return client


def routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for one in resolver.url_patterns:
        spelled = f"{before}{one.pattern}"
        if isinstance(one, URLResolver):
            yield from routes(one, spelled)
        else:
            yield spelled


def address(route: str) -> str:
    """A route with a row that there is for each of its parameters."""
    if route.startswith("^(?P<app_label>"):
        return "/admin/articles/"
    if route == "(?P<url>.*)$":
        return "/admin/r/1/1/"
    if route == "preview/":
        page = Page.objects.exclude(story=None).order_by("pk").first()
        return f"/admin/preview/?act=withdraw&page={page and page.pk}"
    if route.startswith("lists/"):
        return "/admin/lists/published-today/"
    if route.startswith("queue/pictures/"):
        return "/admin/queue/pictures/1.webp"
    rows = {model._meta.model_name: model for model in MODELS}
    name = (route.split("/") + [""])[1]
    row = rows[name].objects.order_by("pk").first() if name in rows else None
    path = re.sub(r"<(int:pk|path:object_id|id)>", str(row and row.pk), route)
    assert "<" not in path, "say in `address` what this parameter is"
    return f"/admin/{path}"


def sent(route: str, path: str, client: Client) -> dict[str, object]:
    """What the form of a route sends, with what it showed where it is opened."""
    given: dict[str, object] = dict(SENT.get(route, {}))
    if "action" in given:
        given["_selected_action"] = [one.pk for one in _rows(route)]
    if route.endswith("/forget/"):
        context = client.get(path).context
        given["shown"] = str(context["held"]) if context and "held" in context else ""
    return given


def _rows(route: str) -> list[object]:
    rows = {model._meta.model_name: model for model in MODELS}
    return list(rows[route.split("/")[1]].objects.all())


def state() -> tuple[object, ...]:
    """What acts at the desk change."""
    return (
        list(Article.objects.values_list("pk", "published", "decided")),
        list(Decision.objects.values_list("pk", "kind", "undone_at")),
        list(Story.objects.values_list("title", "pinned")),
        *(model.objects.count() for model in (Drop, User, Group, LogEntry)),
    )


def test_the_table_has_every_route_of_the_desk():
    desk = next(
        one
        for one in get_resolver().url_patterns
        if isinstance(one, URLResolver) and str(one.pattern) == "admin/"
    )
    assert set(routes(desk)) == set(ROUTES)
    below = {r for r in routes(get_resolver()) if r.startswith("admin")}
    assert len(below) == len(ROUTES), "a route of the desk outside of its site"


@pytest.mark.parametrize("route", ROUTES)
def test_each_role_gets_what_the_table_says(route, site):
    by = dict(zip(("get", "post"), ROUTES[route].split("|"), strict=True))
    path = address(route)
    for method, line in by.items():
        for role, word in zip(ROLES, line.split(), strict=True):
            with transaction.atomic():
                client = browser(role)
                given = sent(route, path, client) if method == "post" else {}
                before = state()
                answer = getattr(client, method)(path, given)
                assert answer.status_code == STATUS[word], (role, method)
                if method == "get" or word in ("no", "--", "wrong"):
                    assert state() == before, (role, method)
                transaction.set_rollback(True)


@pytest.mark.parametrize("role", ["anonymous", "outsider"])
def test_who_has_no_seat_gets_the_login_and_nothing_else(role, site):
    client = browser(role)
    before = state()
    for route in ROUTES:
        path = address(route)
        for number, method in enumerate(("get", "post")):
            answer = getattr(client, method)(path)
            if route in OPEN:
                assert answer.status_code == OPEN[route][number], (route, method)
                assert "Told" not in answer.content.decode()
                continue
            assert answer.status_code == 302, (route, method)
            assert answer["Location"].startswith("/admin/login/?next="), route
            assert not answer.content
    assert state() == before


@pytest.mark.parametrize("role", ROLES)
def test_each_role_is_offered_the_actions_of_the_table(role, db):
    request = RequestFactory().get("/admin/")
    request.user = user_of(role)
    for model, desk in admin.site._registry.items():
        table = ACTIONS.get(str(model._meta.model_name), {})
        offered = {name for name, who in table.items() if role in who}
        assert set(desk.get_actions(request)) == offered, model
        every = {name for _, name, _ in desk._get_base_actions()}
        unused = {"delete_selected"} - set(table)
        assert every - unused == set(table), f"an action of {model} without a line"


@pytest.mark.parametrize("role", ["nobody", "Operator"])
def test_an_action_that_is_not_offered_does_nothing(role, site):
    client = browser(role)
    before = state()
    for model, actions in ACTIONS.items():
        app = "auth" if model in ("user", "group") else "articles"
        rows = _rows(f"{app}/{model}/")
        for action in actions:
            form = {"action": action, "_selected_action": [one.pk for one in rows]}
            client.post(f"/admin/{app}/{model}/", form)
    assert state() == before


@pytest.mark.parametrize("role", ROLES)
def test_no_page_leads_where_its_reader_may_not_go(role, site):
    """So none shows the name of a row that he may not see."""
    client = browser(role)
    seen = {"/admin/"}
    todo = list(seen)
    while todo:
        path = todo.pop()
        answer = client.get(path)
        assert answer.status_code in (200, 302), path
        if answer.status_code != 200 or "html" not in answer["Content-Type"]:
            continue
        links = re.findall(r'href="(/admin/[^"#?]*)', answer.content.decode())
        # A preview is one of something, which its address says behind the path.
        for link in set(links) - {"/admin/preview/"}:
            if link not in seen:
                seen.add(link)
                todo.append(link)
    assert len(seen) > 8 or role == "nobody"
    assert ("/admin/health/" in seen) is (role in ("Operator", "boss"))
