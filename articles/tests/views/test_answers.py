"""How answers are kept, cut into pages of lists, and to which methods they come."""

from __future__ import annotations

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.urls import reverse

from articles.models import Article
from articles.settle import settle
from articles.tests.crawl import ask
from articles.tests.make import NOW, make_article

LISTS = [
    "/",
    "/latest/",
    "/covered/",
    "/topics/ai/",
    "/providers/example.com/",
    "/search/?q=article",
]
CURSORS = [
    "x",
    "1",
    "_",
    "nan_1",
    "inf_1",
    "1_X",
    "1e400_2",
    "1_-1",
    "1_2_3_4_5",
    "1_9223372036854775808",
    "é_1",
    "1_2" * 40,
    "\0",
]


@pytest.fixture
def article(db) -> Article:
    """A listed article under the topic AI."""
    made = make_article(topics=["AI"])
    settle(now=NOW)
    return made


@pytest.mark.parametrize(
    "path", ["/", "/latest/", "/topics/ai/", "/about/", "/feed.atom", "/feed.rss"]
)
@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_an_unchanged_answer_is_not_sent_again(article, client, path, encoding):
    first = ask(client, path, accept_encoding=encoding)
    assert first.status == 200
    again = ask(
        client, path, accept_encoding=encoding, if_none_match=first.headers["ETag"]
    )
    assert (again.status, again.content) == (304, b"")
    assert again.headers["Cache-Control"] == "no-cache"
    assert again.headers["Content-Security-Policy"]


def test_a_changed_answer_is_sent_again(article, client):
    first = ask(client, "/")
    make_article(title="Another")
    settle(now=NOW)
    assert ask(client, "/", if_none_match=first.headers["ETag"]).status == 200


@pytest.mark.parametrize("path", LISTS)
def test_a_place_that_no_list_has_answers_404_and_says_so(article, client, path):
    name = "&before=" if "?" in path else "?before="
    for cursor in CURSORS:
        answer = client.get(path + name + cursor.replace("\0", "%00"))
        assert (cursor, answer.status_code) == (cursor, 404)
        assert (
            "leads to a place in the list that does not exist"
            in answer.content.decode()
        )


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_public_pages_can_only_be_read(article, client, method):
    for path in [
        "/",
        "/latest/",
        "/search/",
        "/about/",
        reverse("article", args=[article.public_id, article.slug]),
    ]:
        assert getattr(client, method)(path).status_code == 405


def test_head_answers_without_a_body(article, client):
    answer = client.head("/")
    assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.parametrize("path", ["/feed.atom", "/feed.rss"])
def test_a_feed_without_stories_stays_the_same(db, client, path):
    first = ask(client, path)
    assert b"1970" in first.content
    assert ask(client, path, if_none_match=first.headers["ETag"]).status == 304


@pytest.mark.parametrize(
    "path", ["/", "/latest/", "/feed.atom", "/about/", "/missing/"]
)
def test_head_says_of_the_body_what_get_says(article, client, path):
    whole, headers = client.get(path), client.head(path)
    assert headers.status_code == whole.status_code
    assert headers.content == b""
    for name in ("ETag", "Content-Length", "Content-Type", "Cache-Control", "Vary"):
        assert headers.get(name) == whole.get(name), name
    assert int(headers["Content-Length"]) == len(whole.content)


def test_the_server_is_given_no_body_for_head(article, rf):
    """Gunicorn writes a line to its log for each that it has to drop."""
    for encoding in ("identity", "gzip"):
        asked = rf.head("/", headers={"accept-encoding": encoding})
        answer = WSGIHandler()(asked.environ, lambda status, headers: None)
        assert b"".join(answer) == b""


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_head_of_what_one_has_answers_304(article, client, encoding):
    given = {"accept-encoding": encoding}
    etag = client.get("/", headers=given)["ETag"]
    assert client.head("/", headers=given)["ETag"] == etag
    answer = client.head("/", headers=given | {"if-none-match": etag})
    assert (answer.status_code, answer.content) == (304, b"")
