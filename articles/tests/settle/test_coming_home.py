"""Articles and wordings move to the page that they belong to, and no others do."""

from __future__ import annotations

from itertools import permutations

import pytest

from articles.models import Article, Mention, Page, RelatedLink, Stale
from articles.settle import settle
from articles.settle.home import bring_home
from articles.tests.make import NOW, make_article, make_page, name_page

pytestmark = pytest.mark.django_db
A, B, C, D, X = (f"https://press.example/{name}" for name in "abcdx")


def at(*urls: str) -> dict[str, str]:
    """Of articles and wordings by their own URL: the page that they are at."""
    return {
        own: home
        for model in (Article, RelatedLink)
        for own, home in model.objects.filter(canonical_url__in=urls).values_list(
            "canonical_url", "page__canonical_url"
        )
    }


def pks(*urls: str) -> list[int]:
    return [make_page(url).pk for url in urls]


def settled() -> None:
    settle(now=NOW)
    assert not Page.objects.exclude(stale=Stale.NO).exists()


def test_articles_and_wordings_come_home_and_both_pages_are_marked():
    make_article(url=B)
    name_page(make_article(url=D), C)
    settled()
    make_article(url=A, amp_key=B, cdn_amp_key=C)
    home = pks(A)[0]
    assert bring_home(pks(A)) == dict.fromkeys(pks(B, C), home)
    assert at(A, B, C, D) == {A: A, B: A, C: A, D: D}
    assert Mention.objects.get().page_id == home
    stale = dict(Page.objects.values_list("canonical_url", "stale"))
    assert stale == {A: Stale.CONTENT, B: Stale.CONTENT, C: Stale.CONTENT, D: Stale.NO}


def test_a_page_whose_article_has_left_has_none_and_what_it_named_is_marked():
    article = make_article(url=B)
    name_page(article, C)
    name_page(make_article(url=X), D)
    settled()
    make_article(url=A, amp_key=B)
    bring_home(pks(A))
    stale = dict(Page.objects.values_list("canonical_url", "stale"))
    assert stale == {
        A: Stale.CONTENT,
        B: Stale.CONTENT,
        C: Stale.STANDING,
        D: Stale.NO,
        X: Stale.NO,
    }
    assert Page.objects.get(canonical_url=B).article is None
    assert Page.objects.get(canonical_url=X).article is not None


def test_what_the_left_page_named_loses_no_mark():
    name_page(make_article(url=B), C)
    make_article(url=A, amp_key=B)
    Page.objects.update(stale=Stale.CONTENT)
    bring_home(pks(A))
    assert Page.objects.get(canonical_url=C).stale == Stale.CONTENT


def test_who_is_claimed_no_longer_goes_back_to_its_own_page():
    claiming = make_article(url=A, amp_key=B)
    make_article(url=B)
    name_page(make_article(url=D), B)
    settled()
    assert at(A, B) == {A: A, B: A}
    Article.objects.filter(pk=claiming.pk).update(amp_key="")
    [home] = pks(A)
    [moved] = bring_home([home]).items()
    assert at(A, B) == {A: A, B: B}
    assert moved == (home, pks(B)[0])
    assert Mention.objects.get().page_id == pks(B)[0]


@pytest.mark.parametrize("order", [*permutations((A, B, C))])
def test_who_stays_keeps_nobody_from_moving(order):
    """Articles and wordings alike, in whatever order they came."""
    own = {A: {"amp_key": B, "cdn_amp_key": C}}
    for url in order:
        make_article(url=url, **own.get(url, {}))
        name_page(make_article(url=f"{url}/naming"), url)
    settled()
    assert at(A, B, C) == {A: A, B: A, C: A}
    Article.objects.update(amp_key="", cdn_amp_key="")
    bring_home(pks(A))
    held = Article.objects.filter(canonical_url__in=(A, B, C))
    assert all(one.page.canonical_url == one.canonical_url for one in held)
    for one in RelatedLink.objects.all():
        assert one.page.canonical_url == one.canonical_url
        assert one.mentions.get().page_id == one.page_id


def test_what_is_at_home_stays_and_nothing_is_marked():
    make_article(url=A, amp_key=B)
    name_page(make_article(url=C), B)
    settled()
    before = at(A, B, C)
    assert before == {A: A, B: A, C: C}
    assert bring_home(pks(A, C)) == {}
    assert at(A, B, C) == before
    assert not Page.objects.filter(canonical_url__in=(A, C)).exclude(stale=0).exists()


def test_the_addresses_of_whoever_moves_move_along_at_once():
    """Along a chain of claims, whichever kind of copy each of them is."""
    make_article(url=D)
    make_article(url=C, cdn_amp_key=D)
    make_article(url=B, amp_key=C)
    settled()
    assert at(B, C, D) == {B: B, C: B, D: B}
    make_article(url=A, amp_key=B)
    bring_home(pks(A))
    assert at(A, B, C, D) == {A: A, B: A, C: A, D: A}


def test_wordings_that_no_list_uses_are_deleted_on_the_pages_concerned_only():
    naming = make_article(url=X)
    for url in (A, B, C):
        name_page(naming, url)
    Mention.objects.exclude(page__canonical_url=C).delete()
    bring_home(pks(A, C))
    held = RelatedLink.objects.values_list("canonical_url", flat=True)
    assert sorted(held) == [B, C]


def test_no_page_is_made_for_an_address_that_is_claimed():
    make_article(url=A, amp_key=B)
    make_article(url=B)
    settled()
    assert not Page.objects.filter(canonical_url=B).exists()
    assert bring_home(pks(A)) == {}
    assert not Page.objects.filter(canonical_url=B).exists()


def test_only_the_pages_asked_for_and_what_they_claim_are_looked_at():
    """Others have a turn of their own, or an import costs as much as all there is."""
    make_article(url=X, amp_key=D)
    make_article(url=B)
    name_page(make_article(), C)
    settled()
    make_article(url=A, amp_key=B, cdn_amp_key=C)
    before = at(A, B, C, D, X)
    assert bring_home(pks(X)) == {}
    assert at(A, B, C, D, X) == before


def test_of_several_wordings_of_a_page_the_unused_ones_go():
    naming = make_article(url=X)
    name_page(naming, A, title="Used")
    name_page(naming, A, title="Unused", position=1)
    Mention.objects.filter(related_link__title="Unused").delete()
    bring_home(pks(A))
    assert RelatedLink.objects.get().title == "Used"
