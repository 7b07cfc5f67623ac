"""Stylesheets and scripts: whole, in order, and small."""

from __future__ import annotations

import gzip
import re
import textwrap
from hashlib import shake_128
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client, override_settings

from articles.settle import settle
from articles.tests.crawl import ask
from articles.tests.make import NOW, make_article, name_page
from newsagg.scripts import EXPORT, IMPORT, joined

CSS = Path(settings.BASE_DIR, "static", "css")
JS = Path(settings.BASE_DIR, "static", "js")
# The desk's own are linked by the desk only.
WHOLE = "site.css"  # takes in the others
SHEETS = sorted(
    path.relative_to(CSS).as_posix()
    for path in CSS.rglob("*.css")
    if path.parent.name != "admin" and path.name != WHOLE
)
COMMENTS = re.compile(r"/\*.*?\*/", re.DOTALL)
KILOBYTE = 1024


def rules(sheet: str) -> str:
    return COMMENTS.sub("", (CSS / sheet).read_text(encoding="utf-8"))


def linked(page: str) -> list[str]:
    return re.findall(r'<link rel="stylesheet" href="/static/css/([^"]+)"', page)


def imported() -> list[str]:
    return re.findall(r'@import "([^"]+)";', rules(WHOLE))


def words(about: str, count: int) -> str:
    """Words that no two stories share: about as hard to compress as real ones."""
    letters = shake_128(about.encode()).hexdigest(count * 3)
    return " ".join(textwrap.wrap(letters, 6))


@pytest.mark.parametrize("path", ["/", "/about/", "/missing/"])
def test_a_page_links_one_stylesheet_that_takes_in_each_once(db, client, path):
    assert linked(ask(client, path).text) == [WHOLE]
    assert sorted(imported()) == SHEETS
    assert imported()[0] == "tokens.css"


def test_a_page_asks_for_few_things_besides_pictures(db, client):
    markup = ask(client, "/").markup
    asked = {address for tag, address in markup.asked if tag != "img"}
    assert 1 <= len(asked) <= 7  # and the page itself


def test_stylesheets_name_no_files_relative_to_their_own_place():
    assert [
        sheet for sheet in SHEETS if re.search(r"url\(|@import", rules(sheet))
    ] == []


def test_the_failure_page_links_the_same_stylesheets(db, client):
    client.raise_request_exception = False
    with override_settings(
        ROOT_URLCONF="articles.tests.broken_urls", SITE_NAME="The Wire"
    ):
        failure = ask(client, "/")
    assert failure.status == 500
    assert "The Wire</a>" in failure.text
    assert linked(failure.text) == linked(ask(client, "/about/").text)


def test_stylesheets_are_taken_in_in_the_order_of_their_layers():
    order = (
        re.search(r"@layer ([\w\s,-]+);", rules("tokens.css"))[1]
        .replace(" ", "")
        .split(",")
    )
    assert order == ["reset", "base", "layout", "components", "utilities", "print"]
    places = []
    for sheet in imported()[1:]:
        layers = re.findall(r"@layer ([\w-]+)\s*\{", rules(sheet))
        assert len(layers) == 1, sheet
        places.append(order.index(layers[0]))
    assert places == sorted(places)


def test_all_rules_are_in_a_layer():
    for sheet in SHEETS:
        if sheet != "tokens.css":
            assert re.fullmatch(
                r"\s*@layer [\w-]+\s*\{.*\}\s*", rules(sheet), re.DOTALL
            ), sheet


def test_braces_are_balanced():
    for sheet in SHEETS:
        assert rules(sheet).count("{") == rules(sheet).count("}"), sheet


def test_each_variable_used_is_defined_and_each_defined_is_used():
    whole = "\n".join(rules(sheet) for sheet in SHEETS)
    defined = set(re.findall(r"(?<![\w-])(--[\w-]+)\s*:", whole))
    used = set(re.findall(r"var\(\s*(--[\w-]+)", whole))
    assert used - defined == set()
    assert defined - used == set()


def test_raw_colours_are_in_the_tokens_only():
    for sheet in SHEETS:
        if sheet not in ("tokens.css", "print.css"):
            assert (
                re.findall(
                    r":[^;{}]*(#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(|oklch\()",
                    rules(sheet),
                )
                == []
            ), sheet


def test_stylesheets_and_scripts_are_small():
    # Stylesheets are collected into one file, scripts are asked for one by one.
    whole = b"".join((CSS / sheet).read_bytes() for sheet in SHEETS)
    assert len(gzip.compress(whole)) <= 15 * KILOBYTE
    script = joined("site", lambda name: (JS / name).read_text())
    theme = (JS / "theme.js").read_bytes()
    assert len(gzip.compress(script.encode()) + gzip.compress(theme)) <= 10 * KILOBYTE


def test_modules_keep_to_what_can_be_joined():
    for file in JS.glob("*.js"):
        plain = IMPORT.sub("", EXPORT.sub("", file.read_text()))
        assert not re.search(r"^(import|export)\b|\bimport\(", plain, re.M)
    script = joined("site", lambda name: (JS / name).read_text())
    for file in JS.glob("*.js"):
        assert script.count(f"const of_{file.stem} =") == (file.stem != "theme")
    assert not re.search(r"^(import|export)\b", script, re.M)


def test_the_front_page_is_small_with_thirty_stories(db, client):
    for number in range(62):
        article = make_article(
            title=words(f"title {number}", 12),
            excerpt=words(f"excerpt {number}", 50),
            image=f"https://img.example/some/long/path/{number}.jpg",
            topics=["Computer Vision", "AI"],
            provider=f"publisher-{number}.example",
        )
        for other in range(5 * (number % 2)):
            name_page(
                article,
                f"https://other-{other}.example/{number}",
                title=f"{article.title} {other}",
                provider=f"other-{other}.example",
            )
    settle(now=NOW)
    answer = ask(client, "/", accept_encoding="gzip")
    assert len(answer.content) <= 30 * KILOBYTE
    assert gzip.decompress(answer.content).count(b"<article") == 30 + 24


def test_production_serves_hashed_and_compressed_files(db, production_static):
    with override_settings(**production_static):
        client = Client()
        sheets = linked(ask(client, "/").text)
        assert len(sheets) == 1
        for sheet in sheets:
            assert re.search(r"\.[0-9a-f]{12}\.css$", sheet)
            answer = ask(client, f"/static/css/{sheet}", accept_encoding="gzip")
            assert answer.status == 200
            assert "immutable" in answer.headers["Cache-Control"]
            whole = gzip.decompress(answer.content).decode()
            assert "@import" not in COMMENTS.sub("", whole)
            places = [
                whole.index((CSS / taken).read_text(encoding="utf-8"))
                for taken in imported()
            ]
            assert places == sorted(places)
