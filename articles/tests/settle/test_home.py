"""To which page an address belongs, whatever the order in which claims came."""

from __future__ import annotations

from itertools import pairwise, permutations

import pytest

from articles.models import Alias, Page, Stale
from articles.rules.public_id import page_id
from articles.settle.home import KEYS, addresses_of, homes, page_keys
from articles.tests.ingest.worlds import world
from articles.tests.make import make_article, make_page, name_page

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


def test_addresses_of_pages_are_those_their_articles_and_wordings_give():
    article = make_article(url=A, amp_key=B, cdn_amp_key=C)
    name_page(article, D, amp_key=X)
    make_article(url="https://other.example/", amp_key="https://other.example/amp")
    assert addresses_of([make_page(A).pk]) == {B, C}
    assert addresses_of([make_page(A).pk, make_page(D).pk]) == {B, C, X}
    assert addresses_of([]) == set()


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
