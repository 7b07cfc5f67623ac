"""An import that publishes leaves alone what somebody has decided on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from articles.models import Decision, Page
from articles.publishing import publish, withdraw
from articles.publishing.decisions import publish_undecided
from articles.tests.make import NOW, import_drops, make_drop, related_entry

pytestmark = pytest.mark.django_db
OWN = "https://press.example/own"
LATER = NOW + timedelta(hours=1)
WAITING = make_drop(webUrl=OWN, published=False)


def published_by_imports() -> list[tuple[str, str]]:
    made = Decision.objects.filter(kind=Decision.Kind.PUBLISH, author="import")
    return list(made.order_by("pk").values_list("source_name", "canonical_url"))


def own_page() -> Page:
    return Page.objects.get(canonical_url=OWN)


def test_new_articles_are_published_by_the_import():
    import_drops({"a.txt": WAITING}, publish=True)
    assert published_by_imports() == [("a", OWN)]
    [made] = Decision.objects.all()
    assert (made.why, made.by, made.at) == ("import_seeds --publish", None, NOW)
    assert own_page().is_listed


@pytest.mark.parametrize("act", [withdraw, publish])
def test_what_was_decided_of_a_page_holds_for_the_drop_that_comes_for_it(act):
    import_drops({"n.txt": make_drop(related=[related_entry(OWN)])})
    act(own_page())
    import_drops({"a.txt": WAITING}, publish=True, now=LATER)
    assert published_by_imports() == []
    assert own_page().is_listed == (act is publish)


@pytest.mark.parametrize("act", [withdraw, publish])
def test_what_was_decided_of_an_article_holds(act):
    import_drops({"a.txt": WAITING})
    act(own_page().twins.get())
    publish_undecided(["a"], at=LATER)
    assert published_by_imports() == []


def test_what_a_twin_has_decided_of_it_does_not_hold_for_another_source():
    import_drops({"a.txt": WAITING})
    withdraw(own_page().twins.get())
    import_drops({"b.txt": WAITING}, publish=True, now=LATER)
    assert published_by_imports() == [("b", OWN)]


def test_decisions_about_stories_are_none_about_publishing():
    import_drops({"n.txt": make_drop(related=[related_entry(OWN)])})
    for source, url in (("", OWN), ("a", "")):
        Decision.objects.create(
            kind=Decision.Kind.TITLE,
            source_name=source,
            canonical_url=url,
            value="A title",
            at=NOW,
        )
    import_drops({"a.txt": WAITING}, publish=True, now=LATER)
    assert published_by_imports() == [("a", OWN)]


def test_only_the_sources_that_are_named_are_published_in_the_order_of_their_coming():
    import_drops({f"{name}.txt": make_drop(published=False) for name in "cab"})
    publish_undecided(["b", "c"], at=LATER)
    assert [source for source, _ in published_by_imports()] == ["c", "b"]
