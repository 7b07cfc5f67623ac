from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.rules.hostname import InvalidHost, ascii_host, provider_domain


@pytest.mark.parametrize(
    ("given_domain", "domain"),
    [
        ("harbour.example", "harbour.example"),
        (" WWW.Harbour.Example ", "harbour.example"),
        ("https://www.harbour.example:443/news?x#y", "harbour.example"),
        ("//harbour.example/", "harbour.example"),
        ("harbour.example/news", "harbour.example"),
        ("me@harbour.example", "harbour.example"),
        ("harbour.example.", "harbour.example"),
        ("m\u00fcnchen.example", "xn--mnchen-3ya.example"),
        ("news.harbour.example", "news.harbour.example"),
        ("www.com", "www.com"),
        ("localhost", "localhost"),
        ("", ""),
        ("not a domain", ""),
        ("<script>", ""),
        ("..", ""),
        ("a\u202eb.example", ""),
    ],
)
def test_domains_are_folded(given_domain, domain):
    assert provider_domain(given_domain) == domain


@given(st.text(st.characters(codec=None)))
def test_any_text_gives_a_stable_domain(text):
    domain = provider_domain(text)
    assert provider_domain(domain) == domain
    assert domain.isascii()


@pytest.mark.parametrize(
    "host", ["", "[::1", "[::g]", "a b", "\u2488.example", "a" * 64]
)
def test_what_is_no_host_is_refused(host):
    with pytest.raises(InvalidHost):
        ascii_host(host)
