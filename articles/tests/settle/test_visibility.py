"""Who may be seen: listed, or named by a listed page, one step and no further."""

from __future__ import annotations

import pytest

from articles.models import Decision, Page, SearchEntry, Stale, Story
from articles.publishing import publish, withdraw
from articles.publishing.decisions import record
from articles.settle import mark_all, settle
from articles.settle.visibility import named_by_listed, show_or_hide
from articles.settle.work import Effects, Work
from articles.tests.make import NOW, make_article, make_page, name_page

from .whole import assert_named, assert_whole

pytestmark = pytest.mark.django_db
OWN, NAMED, BEYOND = (f"https://{name}.example/" for name in ("own", "named", "beyond"))


def seen() -> dict[str, bool]:
    """Of each page, by the name of its host, whether readers meet it."""
    rows = Page.objects.values_list("canonical_url", "is_visible")
    return {url.split("/")[2].partition(".")[0]: visible for url, visible in rows}


def page(url: str) -> Page:
    return Page.objects.get(canonical_url=url)


def settled() -> dict[str, bool]:
    settle(now=NOW)
    assert_whole()
    assert_named()
    return seen()


def test_a_listed_page_is_seen_and_what_it_names_and_nothing_beyond():
    article = make_article(url=OWN)
    name_page(article, NAMED)
    unlisted = make_article(url=NAMED, published=False)
    name_page(unlisted, BEYOND)
    assert settled() == {"own": True, "named": True, "beyond": False}


def test_what_only_a_hidden_page_names_is_not_seen():
    name_page(make_article(url=OWN, published=False), NAMED)
    assert settled() == {"own": False, "named": False}


def test_the_list_of_a_twin_that_is_not_shown_does_not_count():
    shown = make_article(url=OWN, source_name="a")
    hidden = make_article(url=OWN, source_name="b", published=False)
    name_page(shown, NAMED)
    name_page(hidden, BEYOND)
    assert settled() == {"own": True, "named": True, "beyond": False}


def test_a_twin_that_comes_to_be_shown_brings_its_list_and_takes_the_others_away():
    name_page(make_article(url=OWN, source_name="a"), NAMED)
    assert settled() == {"own": True, "named": True}
    later = make_article(
        url=OWN, source_name="b", published_at=NOW.replace(day=1, month=3, hour=20)
    )
    name_page(later, BEYOND)
    Page.objects.filter(canonical_url=OWN).update(stale=Stale.CONTENT)
    assert settled() == {"own": True, "named": False, "beyond": True}


@pytest.mark.parametrize("published", [True, False])
def test_what_is_withdrawn_is_not_seen_whoever_names_it(published):
    name_page(make_article(url=OWN), NAMED)
    make_article(url=NAMED, published=published)
    settled()
    withdraw(page(NAMED))
    assert_whole()
    assert seen() == {"own": True, "named": False}
    publish(page(NAMED))
    assert_whole()
    assert seen() == {"own": True, "named": True}


def test_an_act_shows_and_hides_what_the_page_names_and_leaves_others_alone():
    article = make_article(url=OWN, title="Zeppelin over Brzezinka")
    name_page(article, NAMED, title="Ptolemaic papyrus in Oxyrhynchus")
    both = name_page(article, BEYOND, title="Quokkas of Rottnest")
    name_page(make_article(url="https://other.example/"), both.canonical_url)
    before = settled()
    assert before == {"own": True, "named": True, "beyond": True, "other": True}
    assert page(NAMED).story != page(OWN).story
    withdraw(article)
    assert_whole()
    assert_named()
    assert seen() == before | {"own": False, "named": False}
    assert Story.objects.get(pk=page(NAMED).story_id).page_count == 0
    assert not SearchEntry.objects.filter(page=page(NAMED).pk).exists()
    publish(article)
    assert_whole()
    assert seen() == before
    assert Story.objects.get(pk=page(NAMED).story_id).page_count == 1
    assert SearchEntry.objects.filter(page=page(NAMED).pk).exists()


def test_a_page_that_waits_to_be_derived_is_not_shown_by_an_act_on_another():
    article = make_article(url=OWN, published=False)
    settle(now=NOW)
    name_page(article, NAMED)
    publish(article)
    assert seen() == {"own": True, "named": False}
    assert settled() == {"own": True, "named": True}


def test_a_page_that_waits_to_be_derived_again_is_hidden_all_the_same():
    article = make_article(url=OWN)
    name_page(article, NAMED)
    settled()
    mark_all()
    withdraw(article)
    assert seen() == {"own": False, "named": False}
    publish(article)
    assert seen() == {"own": True, "named": False}  # till its turn comes
    assert settled() == {"own": True, "named": True}


def test_several_decisions_of_one_step_hide_and_show_at_once():
    """What hides a page and what shows it may come together, and the last state counts."""
    first = make_article(url=OWN)
    second = make_article(url="https://second.example/", published=False)
    name_page(first, NAMED)
    name_page(second, BEYOND)
    name_page(second, NAMED)
    assert settled() == {"own": True, "second": False, "named": True, "beyond": False}
    record(Decision.Kind.WITHDRAW, [first], at=NOW)
    record(Decision.Kind.PUBLISH, [second], at=NOW)
    assert settled() == {"own": False, "second": True, "named": True, "beyond": True}


def test_who_is_named_by_a_listed_page_is_asked_of_some_pages():
    article = make_article(url=OWN)
    named = [name_page(article, url).pk for url in (NAMED, BEYOND)]
    hidden = name_page(make_article(published=False), "https://hidden.example/").pk
    settle(now=NOW)
    alone = make_page("https://alone.example/").pk
    assert named_by_listed([*named, hidden, alone]) == {*named}
    assert named_by_listed(named[:1]) == {*named[:1]}
    assert named_by_listed([]) == set()


def test_only_what_a_step_concerns_is_looked_at():
    """Others keep what they have, or every act would cost as much as the site is large."""
    article = make_article(url=OWN)
    named = name_page(article, NAMED)
    name_page(make_article(url="https://other.example/"), BEYOND)
    settled()
    Page.objects.filter(is_listed=False).update(is_visible=False)
    work = Work(Effects(), pages=set(), speakers={article.pk})
    show_or_hide(work)
    assert seen() == {"own": True, "named": True, "other": True, "beyond": False}
    assert (work.seen, work.shown) == ({named.pk}, {named.pk})
    assert work.stories == {page(NAMED).story_id}
    show_or_hide(work)
    assert (work.seen, work.shown) == ({named.pk}, {named.pk})
