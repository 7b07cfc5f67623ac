"""Pages that were made before are answered as they would be made again."""

from __future__ import annotations

import gzip
import threading
from contextlib import suppress

import pytest
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.test import Client, RequestFactory
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st

from articles.models import Article, Story
from articles.models.publication import move_publication, publication_version
from articles.publishing import NothingToDecide, publish, withdraw
from articles.tests.ingest.worlds import world
from articles.tests.kept.asking import BROKEN, MEMORY, NONE, Server
from articles.tests.properties import examples
from articles.tests.settle.changes import CHANGES, Site
from newsagg import kept_pages, page_cache
from newsagg.kept_pages import Kept
from newsagg.middleware import VERSION
from newsagg.page_cache import PageCache

GZIP = {"HTTP_ACCEPT_ENCODING": "gzip, br"}


@pytest.fixture(autouse=True)
def _kept(settings, monkeypatch):
    settings.CACHES = MEMORY
    cache.clear()
    monkeypatch.setattr(kept_pages._Silence, "until", 0.0)
    yield
    settings.CACHES = MEMORY
    cache.clear()


@pytest.fixture
def server(seeded) -> Server:
    return Server()


@pytest.mark.parametrize("asked", [{}, GZIP], ids=["identity", "gzip"])
@pytest.mark.parametrize("path", ["/", "/latest/?before=", "/feed.atom", "/topics/"])
def test_a_kept_answer_is_the_one_that_was_made(server, settings, path, asked):
    first, second = (server.ask(path, **asked) for _ in range(2))
    assert first == second
    assert server.reached == 1
    settings.CACHES = NONE
    plain = Client().get(path, **asked)
    assert plain.status_code == second[0]
    length = {"Content-Length"} if asked else set()  # padded at random
    assert {k: v for k, v in second[1].items() if k not in length} == {
        k: v for k, v in plain.headers.items() if k not in length
    }
    assert _plain(second[1], second[2]) == _plain(dict(plain.headers), plain.content)


def _plain(headers: dict[str, str], body: bytes) -> bytes:
    return gzip.decompress(body) if headers.get("Content-Encoding") else body


def test_a_kept_answer_asks_the_database_nothing_but_the_version(
    server, django_assert_num_queries
):
    server.ask("/")
    with django_assert_num_queries(0):  # the version is asked past Django's cursors
        assert server.ask("/")[0] == 200
    assert server.reached == 1


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("{}", 304),
        ('"another", {}', 304),
        ("W/{}", 304),
        ("*", 304),
        ('"another"', 200),
        ("nonsense", 200),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_who_has_the_answer_is_not_sent_it_again(server, said, status, method):
    _, headers, _ = server.ask("/")
    asked = {"HTTP_IF_NONE_MATCH": said.format(headers["ETag"])}
    for _ in range(2):  # kept, then made
        got, told, body = server.ask("/", method, **asked)
        assert got == status
        assert told["ETag"] == headers["ETag"]
        assert bool(body) == (status == 200 and method == "GET")
        assert told["Content-Security-Policy"] == headers["Content-Security-Policy"]
        cache.clear()


def test_head_has_the_headers_of_get_made_and_kept(server):
    for _ in range(2):
        status, headers, body = server.ask("/", "HEAD")
        assert (status, body) == (200, b"")
    got = server.ask("/")
    assert got[1] == headers
    assert len(got[2]) == int(headers["Content-Length"])
    assert server.reached == 1


def test_a_bad_host_is_refused_after_a_good_one_was_answered(server):
    assert server.ask("/", HTTP_HOST="localhost")[0] == 200
    assert server.ask("/", HTTP_HOST="evil.example")[0] == 400
    assert server.ask("/", HTTP_HOST="localhost")[0] == 200
    assert server.ask("/", HTTP_HOST="evil.example")[0] == 400


@pytest.mark.parametrize("path", ["/admin/login/", "/no-such-page/", "/stories/x/"])
def test_the_desk_and_what_is_missing_are_not_kept(server, path):
    for _ in range(2):
        server.ask(path)
    assert server.reached == 2


def test_what_is_withdrawn_is_gone_at_once_and_back_as_it_was(server):
    def found() -> dict:
        return {path: server.ask(path) for path in ("/", "/latest/", "/feed.atom")}

    article = Article.objects.listed().select_related("page").first()
    words = article.title.encode()[:20]
    before = found()
    assert any(words in body for _, _, body in before.values())
    withdraw(article)
    assert not any(words in body for _, _, body in found().values())
    publish(article)
    assert found() == before


@pytest.mark.parametrize("broken", [BROKEN])
def test_a_cache_that_fails_makes_no_difference(server, settings, broken):
    plain = server.ask("/")
    settings.CACHES = broken
    assert [server.ask("/") for _ in range(3)] == [plain] * 3
    assert server.reached == 4


@pytest.mark.parametrize("off", ["dummy", "debug"])
def test_without_a_cache_nothing_stands_in_the_way(settings, off):
    if off == "debug":
        settings.DEBUG = True
    else:
        settings.CACHES = NONE
    assert not kept_pages.on()
    with pytest.raises(page_cache.MiddlewareNotUsed):
        PageCache(HttpResponse)


class Making:
    """A site whose one page is made slowly; counts how often."""

    def __init__(self, monkeypatch, *, version: int = 1, **headers: str) -> None:
        self.made, self.version, self.headers = 0, version, headers
        self.started, self.go_on = threading.Event(), threading.Event()
        self.go_on.set()
        monkeypatch.setattr(page_cache, "publication_version", lambda: 1)
        self.middleware = PageCache(self.answer)

    def answer(self, request: HttpRequest) -> HttpResponse:
        self.made += 1
        self.started.set()
        assert self.go_on.wait(10)
        if VERSION in request.META:
            request.META[VERSION] = self.version
        return HttpResponse(b"made", headers={"ETag": '"1"'} | self.headers)

    def get(self) -> HttpResponse:
        return self.middleware(RequestFactory().get("/"))


def test_many_who_ask_at_once_have_a_page_made_once(monkeypatch):
    site = Making(monkeypatch)
    site.go_on.clear()
    got: list[bytes] = []
    asking = [
        threading.Thread(target=lambda: got.append(site.get().content))
        for _ in range(8)
    ]
    for one in asking:
        one.start()
    assert site.started.wait(10)
    site.go_on.set()
    for one in asking:
        one.join(10)
    assert (got, site.made) == ([b"made"] * 8, 1)


def test_nobody_waits_for_ever(monkeypatch):
    monkeypatch.setattr(page_cache, "PATIENCE_S", 0)
    site = Making(monkeypatch)
    assert kept_pages.begin(kept_pages.name_of(RequestFactory().get("/").META))
    assert site.get().content == b"made"


def test_a_page_is_kept_under_the_version_that_it_is_of(monkeypatch):
    site = Making(monkeypatch, version=2)
    site.get()
    name = kept_pages.name_of(RequestFactory().get("/").META)
    assert kept_pages.get(name, 1) is None
    assert kept_pages.get(name, 2) is not None


@pytest.mark.parametrize(
    "headers",
    [
        {"Cache-Control": "no-store"},
        {"Cache-Control": "private, no-cache"},
        {"Vary": "Cookie"},
        {"Vary": "Accept-Encoding, Cookie"},
    ],
)
def test_what_is_not_for_everybody_is_not_kept(monkeypatch, headers):
    site = Making(monkeypatch, **headers)
    for _ in range(2):
        assert site.get().content == b"made"
    assert site.made == 2


def test_a_refusal_is_passed_on(monkeypatch):
    site = Making(monkeypatch)
    site.middleware.get_response = lambda request: HttpResponseForbidden(b"no")
    assert site.get().status_code == 403


def test_what_is_kept_is_bounded():
    assert kept_pages.LARGEST == 256 * 1024
    kept_pages.keep("large", 1, Kept((), (), '"1"', b"x" * (kept_pages.LARGEST + 1)))
    assert kept_pages.get("large", 1) is None
    kept_pages.keep("small", 1, Kept((), (), '"1"', b"x" * kept_pages.LARGEST))
    assert kept_pages.get("small", 1) is not None


quick = trying(
    max_examples=examples(16),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.mark.django_db
@quick
@given(st.lists(CHANGES, min_size=4, max_size=8))
def test_after_any_acts_kept_answers_are_those_made_anew(settings, changes):
    paths = {"/", "/latest/", "/search/?q=crane", "/providers/", "/feed.atom"}
    with world():
        cache.clear()  # worlds before this one counted in the same numbers
        site = Site()
        for name, how in changes:
            with suppress(NothingToDecide):
                getattr(site, name)(how)
            settings.CACHES = MEMORY
            kept = {path: Client().get(path) for path in paths}
            settings.CACHES = NONE
            for path, answer in kept.items():
                assert answer.content == Client().get(path).content, (path, name)
            paths |= {f"/stories/{one.public_id}/{one.slug}/" for one in listed()}
        settings.CACHES = MEMORY


def listed() -> list[Story]:
    return list(Story.objects.listed().select_related("lead"))


@pytest.mark.django_db
def test_a_version_that_moves_has_pages_made_anew(server):
    server.ask("/")
    move_publication()
    assert publication_version() > 1
    server.ask("/")
    assert server.reached == 2
