"""What was rendered by other templates, settings or code is told from today's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from articles.fingerprint import SETTINGS, fingerprint, read_again


@pytest.fixture(autouse=True)
def _asked_anew() -> Iterator[None]:
    read_again()
    yield
    read_again()


def test_the_same_site_has_the_same_fingerprint():
    first = fingerprint()
    read_again()
    assert fingerprint() == first


@pytest.mark.parametrize("name", SETTINGS)
def test_a_setting_that_pages_show_changes_it(settings, name):
    first = fingerprint()
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
        read_again()
    assert found[0] == found[2] != found[1]


def test_code_and_templates_under_other_names_change_it(settings, tmp_path):
    settings.TEMPLATES = []
    code = tmp_path / "one.py"
    code.write_text("ONE = 1\n")
    first = fingerprint(tmp_path)
    read_again()
    code.rename(tmp_path / "two.py")
    assert fingerprint(tmp_path) != first


def test_the_key_of_pictures_changes_it_and_cannot_be_read_in_it(settings):
    settings.IMAGES, settings.PICTURES_KEY = "proxy", "a key"
    first = fingerprint()
    settings.PICTURES_KEY = "another key"
    assert fingerprint() != first
    assert "key" not in fingerprint()
