"""To which page an address belongs, whatever the order in which claims came."""

from __future__ import annotations

from itertools import pairwise, permutations

import pytest

from articles.models import Alias, Article, Mention, Page, RelatedLink, Stale
from articles.rules.public_id import page_id
from articles.settle import settle
from articles.settle.home import KEYS, addresses_of, bring_home, homes, page_keys
from articles.tests.ingest.worlds import world
from articles.tests.make import NOW, make_article, make_page, name_page

pytestmark = pytest.mark.django_db
A, B, C, D, X = (f"https://press.example/{name}" for name in "abcdx")


def homes_of(*urls: str) -> dict[str, str]:
    """The canonical URL of the home of each claimed URL."""
    found = homes(urls)
    pages = Page.objects.in_bulk(found.values())
    return {url: pages[pk].canonical_url for url, pk in found.items()}


@pytest.mark.parametrize("order", [*permutations((A, B, C))])
def test_of_several_that_claim_an_address_the_first_by_url_has_it(order):
    for url in order:
        make_article(url=url, amp_key=X)
    assert homes_of(X, A, B, C) == {X: A}


@pytest.mark.parametrize("keys", [*permutations(KEYS)])
@pytest.mark.parametrize("by_list", [A, B])
def test_so_it_is_whoever_claims_it_and_as_whatever_kind_of_copy(by_list, keys):
    other = B if by_list == A else A
    make_article(url=other, **{keys[0]: X})
    name_page(make_article(), by_list, **{keys[1]: X})
    assert homes_of(X) == {X: A}


@pytest.mark.parametrize("loop", [*permutations((A, B, C))])
def test_pages_that_claim_one_another_in_a_ring_are_the_first_of_them(loop):
    for url, copy in zip(loop, (*loop[1:], loop[0]), strict=True):
        make_article(url=url, amp_key=copy)
    assert homes_of(A, B, C) == {B: A, C: A}


@pytest.mark.parametrize("ring", [(B, C), (C, B)])
def test_what_a_ring_claims_is_the_first_of_the_ring_and_not_itself(ring):
    """X comes before the ring by URL in the one case and behind it in the other."""
    make_article(url=ring[0], amp_key=ring[1])
    make_article(url=ring[1], amp_key=ring[0])
    for outside in (A, X):
        with world():
            make_article(url=ring[0], amp_key=outside)
            assert homes_of(outside, *ring) == {outside: B, C: B}


def test_two_that_claim_each_other_are_the_first_of_them():
    make_article(url=B, amp_key=A)
    make_article(url=A, amp_key=B)
    assert homes_of(A, B) == {B: A}


def test_who_claims_itself_only_is_nobody_elses():
    make_article(url=A, amp_key=A)
    assert homes_of(A) == {}


def test_a_claim_of_a_claim_leads_to_the_last():
    make_article(url=C, amp_key=D)
    make_article(url=B, amp_key=C)
    make_article(url=A, amp_key=B)
    assert homes_of(D, C, B, A) == {D: A, C: A, B: A}


def test_what_nobody_claims_is_left_out_and_gets_no_page():
    make_page(A)
    assert homes([A, X]) == {}
    assert not Page.objects.filter(canonical_url=X).exists()


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


def test_addresses_of_pages_are_those_their_articles_and_wordings_give():
    article = make_article(url=A, amp_key=B, cdn_amp_key=C)
    name_page(article, D, amp_key=X)
    make_article(url="https://other.example/", amp_key="https://other.example/amp")
    assert addresses_of(pks(A)) == {B, C}
    assert addresses_of(pks(A, D)) == {B, C, X}
    assert addresses_of([]) == set()


def test_wordings_that_no_list_uses_are_deleted_on_the_pages_concerned_only():
    naming = make_article(url=X)
    for url in (A, B, C):
        name_page(naming, url)
    Mention.objects.exclude(page__canonical_url=C).delete()
    bring_home(pks(A, C))
    held = RelatedLink.objects.values_list("canonical_url", flat=True)
    assert sorted(held) == [B, C]


def test_pages_are_found_or_made_with_ids_that_lead_nowhere_else():
    held, other = make_page(A), make_page(C)
    for public_id in (page_id(A), page_id(B), page_id(C)):
        Alias.objects.create(public_id=public_id, page=other)
    found = page_keys([B, A])
    assert found == {A: held.pk, B: Page.objects.get(canonical_url=B).pk}
    made = Page.objects.get(canonical_url=B)
    assert (made.key_id, made.public_id, made.stale) == (
        page_id(B),
        page_id(B),
        Stale.CONTENT,
    )
    left = set(Alias.objects.values_list("public_id", flat=True))
    assert left == {page_id(A), page_id(C)}


def test_a_long_chain_is_followed_five_steps_far():
    urls = [f"https://press.example/{n}" for n in range(8)]
    for url, copy in pairwise(urls):
        make_article(url=url, amp_key=copy)
    found = homes_of(*urls)
    assert found[urls[1]] == found[urls[5]] == urls[0]
    assert found[urls[6]] == urls[1]


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
