"""Pictures by way of the site: of what readers may see now, and of nothing else."""

from __future__ import annotations

import pytest
from django.test import Client

from articles.models import Page
from articles.pictures import getting
from articles.pictures.refused import Refused
from articles.pictures.signing import WIDTHS, signature
from articles.publishing import publish, withdraw
from articles.tests.crawl import ask, crawl, other_hosts
from articles.tests.make import NOW, import_drops, make_drop, related_entry
from articles.tests.pictures.conftest import proxying  # noqa: F401 - a fixture
from articles.tests.pictures.files import picture

pytestmark = pytest.mark.django_db
IMAGE = {"url": "https://img.example/1.jpg", "width": 1200, "height": 630}
OTHER = {"url": "https://img.other.example/2.jpg"}


class Publisher:
    asked: list[str]

    def __init__(self) -> None:
        self.asked = []

    def fetch(self, url: str) -> bytes:
        self.asked.append(url)
        return picture()


@pytest.fixture
def publisher(proxying, monkeypatch) -> Publisher:  # noqa: F811 - as pytest asks
    made = Publisher()
    monkeypatch.setattr(getting, "Fetching", lambda: made)
    return made


@pytest.fixture
def site(publisher: Publisher) -> None:
    entries = [related_entry("https://b.example/", images=[OTHER])]
    import_drops(
        {
            "a.txt": make_drop(
                webUrl="https://a.example/", images=[IMAGE], related=entries
            )
        },
        now=NOW,
    )


def page(host: str = "a.example") -> Page:
    return Page.objects.get(canonical_url=f"https://{host}/")


def address(of: Page, width: int = 320) -> str:
    return f"/pictures/{of.public_id}/{width}/{signature(of.public_id, width)}.webp"


def test_a_picture_is_served_as_nothing_but_a_picture(site, publisher, client):
    answer = client.get(address(page()), headers={"accept-encoding": "gzip"})
    assert answer.status_code == 200
    assert answer.content[8:12] == b"WEBP"
    assert answer["Content-Type"] == "image/webp"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "private, no-cache"
    assert not answer.has_header("Content-Encoding")
    assert not answer.cookies
    assert publisher.asked == [IMAGE["url"]]


def test_who_has_it_is_not_sent_it_again_but_asks(site, client):
    etag = client.get(address(page()))["ETag"]
    again = client.get(address(page()), headers={"if-none-match": etag})
    assert again.status_code == 304
    withdraw(page().article)
    again = client.get(address(page()), headers={"if-none-match": etag})
    assert again.status_code == 404


def test_with_what_is_withdrawn_its_picture_is_gone_at_the_next_request(site, client):
    there, named = address(page()), address(page("b.example"))
    assert client.get(there).status_code == client.get(named).status_code == 200
    withdraw(page().article)
    # What only its list names is not to be seen any more, either.
    assert client.get(there).status_code == client.get(named).status_code == 404
    publish(page().article)
    assert client.get(there).status_code == client.get(named).status_code == 200


def test_the_picture_of_what_was_never_listed_is_never_fetched(publisher, client):
    drop = make_drop(webUrl="https://a.example/", images=[IMAGE], published=False)
    import_drops({"a.txt": drop}, now=NOW)
    assert client.get(address(page())).status_code == 404
    assert publisher.asked == []


@pytest.mark.parametrize("width", ["0", "1", "321", "0320", "+320", "٣٢٠", "x", "1200"])
def test_only_what_is_signed_is_fetched(site, publisher, client, width):
    of = page()
    signed = signature(of.public_id, 320)
    assert (
        client.get(f"/pictures/{of.public_id}/{width}/{signed}.webp").status_code == 404
    )
    assert publisher.asked == []


@pytest.mark.parametrize(
    "change",
    [
        lambda of, signed: (of, signed[:-1]),
        lambda of, signed: (of, signed + "A"),
        lambda of, signed: (of, signed.swapcase()),
        lambda of, signed: (of, "é" * 22),
        lambda of, signed: (of, "\ud800"),
        lambda of, signed: (of[:-1], signed),
        lambda of, signed: ("https%3A%2F%2F127.0.0.1", signed),
    ],
)
def test_a_signature_is_for_one_picture(site, publisher, client, change):
    of = page().public_id
    id, signed = change(of, signature(of, 320))
    spelled = signed.encode(errors="surrogatepass").decode("latin-1")
    assert client.get(f"/pictures/{id}/320/{spelled}.webp").status_code == 404
    assert publisher.asked == []


def test_another_key_makes_other_addresses(site, client, settings):
    there = address(page())
    settings.PICTURES_KEY = "another key"
    assert client.get(there).status_code == 404
    assert address(page()) != there


@pytest.mark.parametrize("mode", ["direct", "off"])
def test_without_the_setting_nothing_is_fetched(
    site, publisher, client, settings, mode
):
    there = address(page())
    settings.IMAGES = mode
    assert client.get(there).status_code == 404
    assert publisher.asked == []


def test_a_picture_of_plain_http_is_not_fetched(publisher, client):
    image = {"url": "http://img.example/1.jpg"}
    import_drops(
        {"a.txt": make_drop(webUrl="https://a.example/", images=[image])}, now=NOW
    )
    assert client.get(address(page())).status_code == 404
    assert publisher.asked == []


def test_what_is_asked_of_it_besides_changes_nothing(site, publisher, client):
    there = address(page())
    for asked in ("?url=https://127.0.0.1/", "?width=9999"):
        assert client.get(there + asked).status_code == 200
    assert client.post(there).status_code == 405
    head = client.head(there)
    assert (head.status_code, head.content) == (200, b"")
    assert publisher.asked == [IMAGE["url"]]


def test_a_picture_on_its_way_may_be_asked_for_again(site, client, monkeypatch):
    def not_yet(*args: object) -> bytes:
        raise getting.NotYet

    monkeypatch.setattr(getting.Gallery, "get", not_yet)
    answer = client.get(address(page()))
    assert (answer.status_code, answer["Retry-After"]) == (503, "3")


def test_a_picture_that_cannot_be_had_is_missing(site, client, monkeypatch):
    def refused(*args: object) -> bytes:
        raise Refused("no")

    monkeypatch.setattr(getting.Gallery, "get", refused)
    answer = client.get(address(page()))
    assert answer.status_code == 404
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.content == b""


def test_it_costs_one_question(site, client, django_assert_num_queries):
    there = address(page())
    client.get(there)
    with django_assert_num_queries(1):
        client.get(there)


def test_pages_ask_this_site_alone_and_every_picture_they_ask_for_is_there(site):
    answers = crawl(Client())
    pages = [one for one in answers.values() if one.kind == "text/html"]
    assert {found for one in pages for found in other_hosts(one)} == set()
    images = [image for one in pages for image in one.markup.images]
    assert {image["width"] for image in images} <= set(map(str, WIDTHS.values()))
    sources = {image["src"] for image in images}
    assert any(page().public_id in one for one in sources)
    assert all(Client().get(one).status_code == 200 for one in sources)


def test_without_pictures_pages_are_as_if_there_were_none(site, settings):
    settings.IMAGES = "off"
    pages = [one for one in crawl(Client()).values() if one.kind == "text/html"]
    assert {found for one in pages for found in other_hosts(one)} == set()
    assert not any(one.markup.images for one in pages)
    front = ask(Client(), "/").text
    assert 'class="picture' not in front
    assert "story-card" in front
