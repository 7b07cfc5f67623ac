"""Whom a digest can be sent to, and where one gets rid of it."""

from __future__ import annotations

import pytest

from articles.digest import InvalidAddress, Mailbox, mailbox, unsubscribe_link

READER, SENDER = Mailbox("a+b@example.org"), Mailbox("digest@news.example")


@pytest.mark.parametrize(
    ("text", "address", "name"),
    [
        ("a@example.org", "a@example.org", ""),
        ("root@localhost", "root@localhost", ""),
        ("A.B+c=d/e@Example.ORG", "A.B+c=d/e@example.org", ""),
        ("post@bücher.example", "post@xn--bcher-kva.example", ""),
        ("post@例え.jp", "post@xn--r8jz45g.jp", ""),
        ("A Name <a@example.org>", "a@example.org", "A Name"),
        ('"Name, A" <a@example.org>', "a@example.org", "Name, A"),
        ("Zoë Ωmega <a@example.org>", "a@example.org", "Zoë Ωmega"),
        ("<a@example.org>", "a@example.org", ""),
    ],
)
def test_addresses_are_read_in_the_nets_own_spelling(text, address, name):
    assert mailbox(text) == Mailbox(address, name)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nobody",
        "@example.org",
        "a@",
        "a@b@c.example",
        "a b@example.org",
        "a@exa mple.org",
        "a@example.org, b@example.org",
        "a@example.org;b@example.org",
        "a@example.org\nBcc: b@example.org",
        "a@example.org\r\nBcc: b@example.org",
        "Name\nBcc: b@example.org <a@example.org>",
        "a@example.org\u2028Bcc: b@example.org",
        "a@example.org\x00",
        "a\x7f@example.org",
        ".a@example.org",
        "a..b@example.org",
        '"a b"@example.org',
        "zoë@example.org",
        "a@[127.0.0.1]",
        "a@[::1]",
        "a@-.example..org",
        "a" * 65 + "@example.org",
        "a@" + "b." * 130 + "org",
        "A <B <a@example.org>",
        "<a@example.org> <b@example.org>",
    ],
)
def test_what_is_no_address_is_refused_in_words(text):
    with pytest.raises(InvalidAddress) as refused:
        mailbox(text)
    assert str(refused.value).isprintable()


@pytest.mark.parametrize(
    ("template", "link"),
    [
        ("", "mailto:digest@news.example?subject=unsubscribe"),
        ("https://news.example/no-more", "https://news.example/no-more"),
        (
            "https://x.example/?who={address}",
            "https://x.example/?who=a%2Bb%40example.org",
        ),
        (
            "mailto:stop@x.example?body={address}",
            "mailto:stop@x.example?body=a%2Bb%40example.org",
        ),
    ],
)
def test_a_reader_gets_rid_of_it_at_the_address_of_the_settings(template, link):
    assert unsubscribe_link(template, READER, SENDER) == link


@pytest.mark.parametrize(
    "template",
    [
        "http://x.example/",
        "javascript:alert(1)",
        "https://x.example/ two",
        "https://x.example/>,<https://y.example/",
        'https://x.example/"',
        "https://x.example/\r\nBcc:b@example.org",
        "https://bücher.example/",
        "https://x.example/" + "a" * 900,
        "mailto:",
    ],
)
def test_other_addresses_for_that_are_refused(template):
    with pytest.raises(InvalidAddress, match="https:// or mailto:"):
        unsubscribe_link(template, READER, SENDER)
