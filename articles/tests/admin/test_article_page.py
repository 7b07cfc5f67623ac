"""The page of one article at the desk, its drop, and what changed in that."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Decision, DropVersion
from articles.publishing import decide, merge, publish, split, withdraw
from articles.selectors.desk import article as selected
from articles.tests.make import import_drops, make_drop, related_entry

from .browser import opened
from .conftest import EDITORS, member
from .events import BRIDGE, FLOOD, bring, coverage, page, pages, story

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/article/"
SECRETS = ("SGVsbG8gc2VjcmV0IHdvcmxk;c2FsdA==", "b3RoZXIgc2VjcmV0IHRleHQ=;c2FsdA==")


def at(article: Article, part: str = "change") -> str:
    return f"{LIST}{article.pk}/{part}/"


def test_it_shows_what_the_drop_says(desk):
    drop = make_drop(
        title="A <b>title</b>",
        excerpt="A sentence.",
        topics=["AI", "Trains"],
        images=[{"url": "https://img.example/1.jpg"}],
    )
    import_drops({"a.txt": drop})
    answer = desk.get(at(Article.objects.get()))
    said = {one.name: one.drop for one in answer.context["values"]}
    assert said == {
        "headline": "A <b>title</b>",
        "excerpt": "A sentence.",
        "picture": "https://img.example/1.jpg",
        "topics": "AI\nTrains",
    }
    text = answer.content.decode()
    assert "A &lt;b&gt;title" in text and "A <b>title" not in text


def test_a_reason_given_on_the_page_is_kept(desk):
    import_drops({"a.txt": make_drop(published=False)})
    path = at(Article.objects.get())
    sent = opened(desk, path) | {"published": "on", "why": "so it is"}
    assert desk.post(path, sent | {"_continue": "1"}).headers["Location"] == path
    assert Decision.objects.get().why == "so it is"
    assert "published by edith" in desk.get(path).content.decode()


def test_what_the_related_list_names_is_shown_in_its_order(desk, monkeypatch):
    entries = [
        related_entry(f"https://r.example/{n}", title=f"Named {n}") for n in range(4)
    ]
    import_drops(
        {
            "a.txt": make_drop(title="Names them", related=entries),
            "b.txt": make_drop(title="Own words", webUrl="https://r.example/2"),
        }
    )
    named = Article.objects.get(source_name="b")
    withdraw(named)
    article = Article.objects.get(source_name="a")
    answer = desk.get(at(article))
    found = [(one.title, one.page.state) for one in answer.context["named"]]
    assert found == [
        ("Named 0", "visible"),
        ("Named 1", "visible"),
        ("Named 2", "withdrawn"),
        ("Named 3", "visible"),
    ]
    assert at(named) in answer.content.decode()
    assert "/admin/articles/page/" in answer.content.decode()
    monkeypatch.setattr("articles.admin.article_page.MOST_NAMED", 2)
    monkeypatch.setattr(selected, "MOST_NAMED", 2)
    answer = desk.get(at(article))
    assert len(answer.context["named"]) == 2
    assert "names more than are shown" in answer.content.decode()


def test_acts_about_its_story_can_be_undone_where_stories_can_be_changed(client):
    bring(coverage(BRIDGE, 3), coverage(FLOOD, 2))
    split(pages(BRIDGE, 1), by=User.objects.create_user("paul"))
    article = page(BRIDGE, 1).article
    client.force_login(member("edith", EDITORS))
    text = client.get(at(article)).content.decode()
    assert "Split “" in text and 'name="undo"' in text
    fewer = [name for name in EDITORS if name != "change_story"]
    client.force_login(member("vera", fewer))
    assert 'name="undo"' not in client.get(at(article)).content.decode()
    decide(Decision.Kind.WITHDRAW, article, by=User.objects.get(username="paul"))
    assert client.get(at(article)).content.decode().count('name="undo"') == 1


def test_the_page_asks_as_much_however_long_its_list_and_its_past(desk):
    costs = []
    for length in (3, 150):
        entries = [
            related_entry(f"https://r{n}.example/", title=f"Named {n}")
            for n in range(length)
        ]
        import_drops({"a.txt": make_drop(title="Names", related=entries)})
        article = Article.objects.get(source_name="a")
        for _ in range(length // 3):
            withdraw(article)
            publish(article)
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(at(article)).status_code == 200
        costs.append(len(asked))
    bring(coverage(BRIDGE, 2), coverage(FLOOD, 2))
    merge([story(BRIDGE), story(FLOOD)])
    path = at(page(BRIDGE).article)
    with CaptureQueriesContext(connection) as asked:
        desk.get(path)
    assert max(*costs, len(asked)) <= 13 and costs[0] == costs[1]


def versions(*titles: str, secrets=SECRETS) -> tuple[Article, list[DropVersion]]:
    for n, title in enumerate(titles):
        usual = {"excerpt": "The same.", "webUrl": "https://p.example/"}
        import_drops({"a.txt": make_drop(title=title, secured=secrets[n], **usual)})
    return Article.objects.get(), list(DropVersion.objects.order_by("pk"))


def compared(desk, article, one, other):
    path = at(article, "drop")
    return desk.get(path, {"version": one.pk, "against": other.pk})


def test_any_two_versions_are_compared_and_neither_secret_is_shown(desk):
    article, (first, second) = versions("First words", "Second words")
    answer = compared(desk, article, second, first)
    found = answer.context["drop"].changes
    said = {(line.kind, line.text) for line in found.lines if line.kind != "same"}
    assert ("out", "title: First words") in said
    assert ("in", "title: Second words") in said
    assert (found.taken_out, found.put_in) == (1, 1)
    back = compared(desk, article, first, second).context["drop"].changes
    assert ("in", "title: First words") in {(one.kind, one.text) for one in back.lines}
    for shown in (answer, compared(desk, article, first, second)):
        text = shown.content.decode()
        assert not any(secret[:12] in text for secret in SECRETS)
    link = f"?version={second.pk}&amp;against={first.pk}"
    assert link in desk.get(at(article, "drop")).content.decode()


def test_versions_that_differ_in_the_secret_alone_differ_in_nothing_shown(desk):
    article, (first, second) = versions("Same words", "Same words")
    text = compared(desk, article, second, first).content.decode()
    assert "They differ in nothing that may be shown." in text


def test_a_version_that_does_not_parse_is_not_compared(desk, monkeypatch):
    article, (first, second) = versions("First words", "Second words")
    monkeypatch.setattr(
        "articles.admin.drops.raw_bytes",
        lambda one: (
            b"---\nsecured: [SGVsbG8\n---\n" if one == first else b"---\na: b\n---"
        ),
    )
    text = compared(desk, article, second, first).content.decode()
    assert "nothing is compared" in text and "SGVsbG8" not in text


@pytest.mark.parametrize("odd", ["x", "9" * 17, "-1", ""])
def test_versions_that_are_none_are_not_compared(desk, odd):
    article, (first, _) = versions("First words", "Second words")
    path = at(article, "drop")
    answer = desk.get(path, {"version": first.pk, "against": odd})
    assert not answer.context["drop"].is_compared
    assert not compared(desk, article, first, first).context["drop"].is_compared


def test_versions_of_another_drop_are_not_shown(desk):
    article, (first, _) = versions("First words", "Second words")
    import_drops({"b.txt": make_drop(title="Of another")})
    other = DropVersion.objects.exclude(drop=first.drop).get()
    text = compared(desk, article, other, other).content.decode()
    assert "Of another" not in text and "Second words" in text


def test_the_picture_that_readers_get_is_the_first_over_https(desk):
    pictures = [{"url": f"{by}://img.example/1.jpg"} for by in ("http", "https")]
    import_drops({"a.txt": make_drop(title="Pictured", images=pictures)})
    answer = desk.get(at(Article.objects.get()))
    [picture] = [one for one in answer.context["values"] if one.name == "picture"]
    assert (picture.drop, picture.shown) == tuple(one["url"] for one in pictures)
