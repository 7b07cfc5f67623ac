"""Pages come with their stylesheets although `collectstatic` was never run."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest
from django.test import Client, override_settings

from articles.tests.crawl import ask
from newsagg.settings import STORAGES
from newsagg.starting import started


@pytest.fixture
def served(tmp_path: Path):
    """The settings of production, with an empty folder for what is collected."""
    storages = STORAGES | {"staticfiles": {"BACKEND": "newsagg.static.CollectedFiles"}}
    with override_settings(STATIC_ROOT=tmp_path, STORAGES=storages):
        yield tmp_path


def sheets() -> list[str]:
    """The addresses of the front page's stylesheets, each of which is served."""
    client = Client()
    page = ask(client, "/")
    assert page.status == 200
    found = [link for link in page.links if link.endswith(".css")]
    assert len(found) == 1
    for address in found:
        answer = ask(client, address)
        assert (answer.status, answer.kind) == (200, "text/css")
    return found


@pytest.mark.parametrize(
    "manifest",
    [None, "", "{", "[]", '{"version": "9"}', '{"version": "1.1", "paths": []}'],
)
def test_pages_are_whole_without_what_is_collected(db, served, manifest):
    if manifest is not None:
        (served / "staticfiles.json").write_text(manifest)
    assert any(address.endswith("/css/site.css") for address in sheets())


def test_a_file_that_came_with_an_update_is_served_as_it_lies(db, served):
    held = {"version": "1.1", "hash": "", "paths": {"css/gone.css": "css/gone.1.css"}}
    (served / "staticfiles.json").write_text(json.dumps(held))
    assert any(address.endswith("/css/site.css") for address in sheets())


def test_a_server_says_so_when_it_starts_and_not_for_each_page(db, served, caplog):
    caplog.set_level(logging.WARNING)
    started(Client)
    said = [record.message for record in caplog.records]
    assert len(said) == 1 and "collectstatic" in said[0]
    ask(Client(), "/")
    assert len(caplog.records) == 1


def test_a_server_that_has_them_says_nothing(db, production_static, caplog):
    with override_settings(**production_static):
        started(Client)
    assert caplog.records == []
