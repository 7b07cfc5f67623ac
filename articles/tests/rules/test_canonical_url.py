from __future__ import annotations

import contextlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from articles.rules.canonical_url import MAX_URL, InvalidUrl, canonical_url, shown_url


@pytest.mark.parametrize(
    ("given_url", "page"),
    [
        ("http://news.example/a", "https://news.example/a"),
        ("HTTPS://News.EXAMPLE/A", "https://news.example/A"),
        ("https://news.example", "https://news.example/"),
        ("https://news.example:443/a", "https://news.example/a"),
        ("http://news.example:80/a", "https://news.example/a"),
        ("https://news.example:8443/a", "https://news.example:8443/a"),
        ("https://news.example:/a", "https://news.example/a"),
        ("https://me:secret@news.example/a", "https://news.example/a"),
        ("https://news.example/a#top", "https://news.example/a"),
        ("https://news.example/a?", "https://news.example/a"),
        ("https://news.example/a?b=2&a=1", "https://news.example/a?b=2&a=1"),
        ("https://news.example/a?id=3&utm_medium=x", "https://news.example/a?id=3"),
        ("https://news.example/a?UTM%5Fid=3&b", "https://news.example/a?b"),
        ("https://news.example/a?b=1&amp;utm_id=3", "https://news.example/a?b=1"),
        ("https://news.example/a?feedType=RSS&feedName=x", "https://news.example/a"),
        ("https://news.example/a%7eb/../c", "https://news.example/a%7eb/../c"),
        ("https://news.example/a b", "https://news.example/a%20b"),
        ("https://news.example/caf\u00e9", "https://news.example/caf%C3%A9"),
        ("https://news.example/a\u2028/", "https://news.example/a%E2%80%A8/"),
        ("https://b\u00fccher.example/", "https://xn--bcher-kva.example/"),
        ("https://XN--BCHER-KVA.example./", "https://xn--bcher-kva.example/"),
        ("https://stra\u00dfe.example/", "https://xn--strae-oqa.example/"),
        ("https://news\u3002example/", "https://news.example/"),
        ("https://[2001:DB8:0::1]/a", "https://[2001:db8::1]/a"),
        ("  https://news.example/a\n", "https://news.example/a"),
        ("https://www.news.example/", "https://www.news.example/"),
        ("https://m.news.example/a?amp=1", "https://m.news.example/a?amp=1"),
    ],
)
def test_pages_have_one_spelling(given_url, page):
    assert canonical_url(given_url) == page


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("news/a.html", "http://"),
        ("//news.example/a", "http://"),
        ("www.news.example/a", "http://"),
        ("javascript:alert(1)", "javascript"),
        ("JavaScript://news.example/%0aalert(1)", "javascript"),
        ("data:text/html,x", "data"),
        ("ftp://news.example/a", "ftp"),
        ("mailto:a@news.example", "mailto"),
        ("https:/news.example/a", "//"),
        ("https:///a", "host"),
        ("https://", "host"),
        ("https://user@/a", "host"),
        ("https://news..example/", "host"),
        ("https://news example/", "host"),
        ("https://news%2eexample/", "host"),
        ("https://news\u202e.example/", "host"),
        ("https://[::1/", "IPv6"),
        ("https://[fe80::1%eth0]/", "IPv6"),
        ("https://news.example:99999/", "port"),
        ("https://news.example\\@evil.example/", "backslash"),
        ("https://news.example/\\evil", "backslash"),
        ("https://news.example/a\nb", "control"),
        ("https://news.example/a\x00", "control"),
        ("https://news.example/\ud800", "control"),
        ("https://news.example/" + "a" * MAX_URL, "longer"),
        ("https://news.example/" + "\u00e9" * 900, "longer"),
        ("https://" + "a" * 64 + "\u00e9.example/", "longer"),
        ("https://" + ".".join(["abcdefgh"] * 40) + "/", "longer"),
    ],
)
def test_what_is_no_web_address_is_refused_with_a_reason(url, reason):
    with pytest.raises(InvalidUrl, match=reason):
        canonical_url(url)


@pytest.mark.parametrize(
    ("given_url", "link"),
    [
        ("http://News.example/a?utm_source=x", "http://News.example/a"),
        (
            "https://news.example/p?id=3&utm_medium=x#top",
            "https://news.example/p?id=3#top",
        ),
        ("https://news.example/p#utm_source=x", "https://news.example/p"),
        ("https://me:secret@news.example/", "https://news.example/"),
        (' https://news.example/a b"c ', "https://news.example/a%20b%22c"),
        ("https://news.example/caf\u00e9", "https://news.example/caf\u00e9"),
        ("https://news.example/a\u202eb", "https://news.example/a%E2%80%AEb"),
    ],
)
def test_readers_are_shown_the_link_of_the_drop(given_url, link):
    assert shown_url(given_url) == link


def test_a_link_that_is_no_page_is_not_shown():
    with pytest.raises(InvalidUrl):
        shown_url("javascript:alert(1)")


_HOSTS = st.sampled_from(
    [
        "news.example",
        "WWW.News.example:443",
        "b\u00fccher.example:80",
        "u:p@[::1]:1",
        "a.\uff41",
    ]
)
_PARTS = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=30)
_URLS = st.builds(
    "{}://{}/{}".format, st.sampled_from(["http", "HTTPS"]), _HOSTS, _PARTS
)


@given(st.one_of(st.text(st.characters(codec=None)), _URLS))
def test_any_text_is_a_page_or_refused(text):
    for rule in (canonical_url, shown_url):
        with contextlib.suppress(InvalidUrl):
            assert rule(text).lower().startswith("http")


@given(_URLS)
@example("https://news.example/?%20utm_id=1&&=")
@example("https://news.example/#&%26")
def test_both_spellings_are_stable_and_name_one_page(url):
    with contextlib.suppress(InvalidUrl):
        page, link = canonical_url(url), shown_url(url)
        assert canonical_url(page) == page
        assert shown_url(link) == link
        assert canonical_url(link) == page
        assert page.isascii()


@given(_HOSTS, _PARTS)
def test_http_and_https_are_one_page(host, rest):
    with contextlib.suppress(InvalidUrl):
        page = canonical_url(f"http://{host}/{rest}")
        assert page == canonical_url(f"https://{host}/{rest}")
