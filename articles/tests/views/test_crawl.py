"""What a reader meets who follows every link of the site, as production serves it."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.test import Client, override_settings

from articles.ingest.report import Report
from articles.models import Image, Page, Story, Topic
from articles.tests.crawl import (
    Answer,
    absolute_links,
    crawl,
    internal_links,
    other_hosts,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def site(seeds_site: Report, production_static) -> Iterator[dict[str, Answer]]:
    """Every answer of the site with the five seeds published."""
    with override_settings(**production_static):
        yield crawl(Client())


@pytest.fixture(scope="module")
def pages(site: dict[str, Answer]) -> list[Answer]:
    return [answer for answer in site.values() if answer.kind == "text/html"]


def test_every_internal_link_answers(site):
    assert {a.address: a.status for a in site.values() if a.status != 200} == {}
    kinds = {answer.kind for answer in site.values()}
    assert {"text/html", "text/css", "text/javascript", "image/svg+xml"} <= kinds
    assert {"application/rss+xml", "application/atom+xml"} <= kinds


def test_every_listed_thing_is_reached(site):
    reached = "\n".join(site)
    assert Story.objects.listed().count() == 5
    for story in Story.objects.listed():
        assert f"/stories/{story.public_id}/" in reached
    for page in Page.objects.listed():
        assert f"/articles/{page.public_id}/" in reached
    for topic in Topic.objects.filter(labelled__isnull=False):
        assert topic.slug in reached
    for domain in Page.objects.visible().values_list("provider__domain", flat=True):
        assert f"/providers/{domain}/" in reached


def test_every_visible_page_is_mentioned(pages):
    linked = {link for page in pages for link in absolute_links(page)}
    assert set(Page.objects.visible().values_list("url", flat=True)) <= linked


def test_fragments_lead_somewhere(site, pages):
    lost = {
        (page.address, link)
        for page in pages
        for link in absolute_links(page)
        if link.startswith("/")
        and urlsplit(link).fragment
        and urlsplit(link).fragment not in site[link.partition("#")[0]].markup.ids
    }
    assert lost == set()


def test_no_answer_sets_a_cookie_or_varies_by_one(site):
    assert [
        a.address for a in site.values() if a.cookies or "Set-Cookie" in a.headers
    ] == []
    assert [
        a.address
        for a in site.values()
        if "cookie" in a.headers.get("Vary", "").lower()
    ] == []


def test_pages_are_well_formed_without_inline_script_or_style(pages):
    assert {
        page.address: page.markup.faults for page in pages if page.markup.faults
    } == {}


def test_each_page_has_one_h1_and_headings_in_order(pages):
    for page in pages:
        levels = page.markup.headings
        assert levels.count(1) == 1, page.address
        assert levels[0] == 1, page.address
        steps = [b - a for a, b in zip(levels, levels[1:], strict=False)]
        assert max(steps, default=0) <= 1, (page.address, levels)


def test_titles_tell_pages_apart(pages):
    titles = [
        page.text.partition("<title>")[2].partition("</title>")[0] for page in pages
    ]
    assert all(titles)
    assert [title for title in titles if titles.count(title) > 1] == []


def test_only_images_of_drops_are_asked_of_other_hosts(pages):
    asked = {found for page in pages for found in other_hosts(page)}
    assert {tag for tag, _ in asked} == {"img"}
    assert {address for _, address in asked} <= set(
        Image.objects.values_list("url", flat=True)
    )
    assert all(address.startswith("https://") for _, address in asked)


def test_images_send_no_referrer_and_keep_their_place(pages):
    images = [image for page in pages for image in page.markup.images]
    assert images
    for image in images:
        assert image["referrerpolicy"] == "no-referrer"
        assert int(image["width"]) > 0
        assert int(image["height"]) > 0
        assert "alt" in image


def test_links_are_http_only_and_those_out_tell_the_other_side_nothing(pages):
    schemes = {urlsplit(link).scheme for page in pages for link in absolute_links(page)}
    assert schemes <= {"", "http", "https"}
    out = [
        a for page in pages for a in page.markup.anchors if urlsplit(a["href"]).netloc
    ]
    assert len(out) > 100
    assert [a["href"] for a in out if "noopener" not in a.get("rel", "").split()] == []


def test_every_answer_carries_the_headers_that_protect_readers(site):
    for answer in site.values():
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; "), answer.address
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "Permissions-Policy" in answer.headers


def test_pages_and_feeds_are_asked_for_again_and_static_files_never(site):
    for answer in site.values():
        control = answer.headers["Cache-Control"]
        if answer.address.startswith("/static/"):
            assert "immutable" in control, answer.address
        else:
            assert control == "no-cache", answer.address
            assert answer.headers["ETag"], answer.address


def test_nothing_of_secured_is_in_any_answer(site, seeds):
    for seed in seeds.iterdir():
        cipher = seed.read_text().partition('\nsecured: "')[2][:24]
        assert len(cipher) == 24
        assert [a.address for a in site.values() if cipher.encode() in a.content] == []


def test_links_of_a_page_are_counted_at_all(site):
    assert len(internal_links(site["/"])) > 30
    assert len(site) > 60
