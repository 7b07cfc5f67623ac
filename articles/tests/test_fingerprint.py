"""What was rendered by other templates, settings or code is told from today's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from articles.fingerprint import SETTINGS, fingerprint


@pytest.fixture(autouse=True)
def _asked_anew() -> Iterator[None]:
    fingerprint.cache_clear()
    yield
    fingerprint.cache_clear()


def test_the_same_site_has_the_same_fingerprint():
    first = fingerprint()
    fingerprint.cache_clear()
    assert fingerprint() == first


@pytest.mark.parametrize("name", SETTINGS)
def test_a_setting_that_pages_show_changes_it(settings, name):
    first = fingerprint()
    fingerprint.cache_clear()
    setattr(settings, name, "another")
    assert fingerprint() != first


def test_another_template_changes_it_and_the_former_one_brings_it_back(
    settings, tmp_path
):
    settings.TEMPLATES = [{"DIRS": [tmp_path]}]
    page = tmp_path / "articles" / "page.html"
    page.parent.mkdir()
    found = []
    for text in ("<p>One</p>", "<p>Two</p>", "<p>One</p>"):
        page.write_text(text)
        found.append(fingerprint())
        fingerprint.cache_clear()
    assert found[0] == found[2] != found[1]


def test_code_and_templates_under_other_names_change_it(settings, tmp_path):
    settings.TEMPLATES = []
    code = tmp_path / "one.py"
    code.write_text("ONE = 1\n")
    first = fingerprint(tmp_path)
    fingerprint.cache_clear()
    code.rename(tmp_path / "two.py")
    assert fingerprint(tmp_path) != first
