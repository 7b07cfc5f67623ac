"""To which page an address belongs, whatever the order in which claims came."""

from __future__ import annotations

from itertools import permutations

import pytest

from articles.models import Page
from articles.settle.home import KEYS, homes
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
