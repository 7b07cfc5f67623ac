"""In the whole corpus, links lead to all that is listed, and titles to what they name."""

from __future__ import annotations

import re
from urllib.parse import urlencode, urlsplit

import pytest
from django.test import Client

from articles.ingest.report import Report
from articles.models import Page, Story
from articles.tests.crawl import ask, internal_links
from articles.tests.make import import_folder

A_PAGE = re.compile(r"/articles/([a-z0-9]+)/")
A_STORY = re.compile(r"/stories/([a-z0-9]+)/")


def follow_all_links() -> None:
    """From the front page; the states of filters are left to those who ask."""
    client, seen, waiting = Client(), set(), ["/"]
    while waiting:
        address = waiting.pop()
        if address in seen or not leads_on(address):
            continue
        seen.add(address)
        answer = ask(client, address)
        assert answer.status == 200, address
        if answer.kind == "text/html":
            waiting += internal_links(answer)
    articles = {found[1] for address in seen if (found := A_PAGE.match(address))}
    stories = {found[1] for address in seen if (found := A_STORY.match(address))}
    assert articles >= set(Page.objects.listed().values_list("public_id", flat=True))
    assert stories == set(Story.objects.listed().values_list("public_id", flat=True))


def test_links_alone_lead_to_everything_that_is_listed(restore, some_drops, tmp_path):
    """Thirty stories and more, so that lists go on."""
    for file in sorted(some_drops.iterdir())[::8]:
        (tmp_path / file.name).symlink_to(file)
    restore("some", lambda: import_folder(tmp_path, publish=True))
    assert Story.objects.listed().count() > 30
    follow_all_links()


@pytest.mark.nightly
def test_links_alone_lead_to_all_of_the_corpus(corpus_site: Report):
    follow_all_links()


def leads_on(address: str) -> bool:
    """Whether an address is a page of the site, or the next page of a list."""
    asked = urlsplit(address).query
    inside = not address.startswith(("/static/", "/admin/"))
    return inside and (not asked or asked.startswith("before="))


def test_a_visible_page_is_found_by_its_title(corpus_site: Report):
    urls = Page.objects.visible().order_by("key_id").values_list("title", "url")
    missed = [title for title, url in urls[::60] if not is_found(title, url)]
    assert missed == []


@pytest.mark.nightly
def test_every_visible_page_is_found_by_its_title(corpus_site: Report):
    urls = Page.objects.visible().order_by("key_id").values_list("title", "url")
    assert [title for title, url in urls if not is_found(title, url)] == []


def is_found(title: str, url: str) -> bool:
    """Whether a search for a title leads to the page, on its first page of results.

    Many pages bear the same title ("General availability: ..."), so that the
    story of this one may have to be looked into.
    """
    client = Client()
    answer = ask(client, f"/search/?{urlencode({'q': title})}")
    assert answer.status == 200, title
    if url in answer.markup.links:
        return True
    stories = {link for link in internal_links(answer) if A_STORY.match(link)}
    return any(url in ask(client, link).markup.links for link in stories)
