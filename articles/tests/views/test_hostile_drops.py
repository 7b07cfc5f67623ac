"""What drops say is shown as text: nothing in them becomes markup, address or header."""

from __future__ import annotations

import re
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from articles.models import Article, Page
from articles.tests.crawl import absolute_links, crawl
from articles.tests.make import import_drops, make_drop, related_entry

MARKUP = (
    '<script>alert(1)</script> & "quoted" <img src=x onerror=alert(2)> &lt;b&gt; ]]>'
)
CONTROLS = "Bell \x07, escape \x1b[31m, null-ish \x0b, byte \x85, reversed \u202e, line\u2028end"
XML_FORBIDS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
SCRIPT = "javascript:alert(1)"


def entry(**given):
    return related_entry("https://elsewhere.example/1", **given)


@pytest.mark.parametrize("words", [MARKUP, CONTROLS], ids=["markup", "controls"])
def test_any_words_are_shown_as_text_and_feeds_stay_well_formed(db, client, words):
    report = import_drops(
        {
            "a.txt": make_drop(
                title=f"Title {words}",
                excerpt=f"Excerpt {words}",
                topics=[f"Topic {words}"[:99]],
                provider={"name": f"Provider {words}", "domain": "example.com"},
                images=[
                    {
                        "url": "https://img.example/1.jpg",
                        "title": words,
                        "width": 4,
                        "height": 3,
                    }
                ],
                featuredContent=f"<iframe src='https://evil.example'></iframe>{words}",
                related=[entry(title=f"Entry {words}", excerpt=words)],
            )
        }
    )
    assert report.listed == 1, report.problems
    found = crawl(client)
    for answer in found.values():
        if answer.kind == "text/html":
            assert answer.markup.faults == [], answer.address
            assert not any("onerror" in image for image in answer.markup.images)
            assert not XML_FORBIDS.search(answer.text), answer.address
        assert b"<script>alert" not in answer.content
        assert b"evil.example" not in answer.content
    if words is MARKUP:
        assert '<script>alert(1)</script> & "quoted"' in found["/"].markup.text
    for feed in ("/feed.rss", "/feed.atom"):
        root = ElementTree.fromstring(found[feed].content)
        titles = [node.text for node in root.iter() if node.tag.endswith("title")]
        assert any(title.startswith("Title ") for title in titles)


def test_only_web_addresses_become_links_or_images(db, client):
    for field in ("webUrl", "originalUrl", "ampWebUrl", "cdnAmpWebUrl"):
        for script in (
            SCRIPT,
            "JaVaScRiPt:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            " javascript:x",
        ):
            import_drops(
                {
                    f"{field}-{len(script)}.txt": make_drop(
                        title=f"{field} {script[:4]}", **{field: script}
                    )
                }
            )
    import_drops(
        {
            "pictures.txt": make_drop(
                images=[{"url": SCRIPT, "width": 4, "height": 3}]
            ),
            "logo.txt": make_drop(
                provider={
                    "name": "L",
                    "domain": "l.example",
                    "images": [{"url": SCRIPT}],
                }
            ),
            "domain.txt": make_drop(provider={"name": "D", "domain": SCRIPT}),
            "entries.txt": make_drop(
                related=[
                    related_entry(SCRIPT, title="An entry"),
                    entry(ampWebUrl=SCRIPT),
                ]
            ),
            "good.txt": make_drop(related=[entry(images=[{"url": SCRIPT}])]),
        }
    )
    assert Article.objects.count() > 3
    for answer in crawl(client).values():
        if answer.kind != "text/css":
            links = absolute_links(answer)
            assert {urlsplit(link).scheme for link in links} <= {"", "http", "https"}, (
                answer.address
            )
        assert b'="javascript' not in answer.content.lower()


def test_pictures_that_are_not_https_are_not_asked_for(db, client):
    import_drops({"a.txt": make_drop(images=[{"url": "http://img.example/1.jpg"}])})
    assert b"img.example" not in client.get("/").content


def test_a_picture_address_cannot_break_out_of_its_attribute(db, client):
    url = 'https://img.example/1.jpg?a="><script>alert(1)</script>'
    import_drops({"a.txt": make_drop(images=[{"url": url}], quality=99)})
    for answer in crawl(client).values():
        assert b"<script>alert" not in answer.content
        if answer.kind == "text/html":
            assert answer.markup.faults == []


def test_titles_without_a_letter_still_have_an_address(db, client):
    import_drops(
        {"a.txt": make_drop(title="???"), "b.txt": make_drop(title="新聞 速報")}
    )
    assert Page.objects.listed().count() == 2
    found = crawl(client)
    assert {a.status for a in found.values() if "/static/" not in a.address} == {200}
    assert sum(address.startswith("/stories/") for address in found) == 2


def test_topics_that_differ_in_signs_only_have_pages_of_their_own(db, client):
    import_drops({"a.txt": make_drop(topics=["C", "C#", "C++", "c"])})
    found = crawl(client)
    pages = [a for a in found.values() if re.fullmatch("/topics/[^/]+/", a.address)]
    assert len(pages) == 3
    assert {page.status for page in pages} == {200}
