"""A site that shows pictures by way of itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from articles.pictures import getting


@pytest.fixture
def proxying(settings, tmp_path) -> Iterator[None]:
    settings.IMAGES = "proxy"
    settings.PICTURES_KEY = "a key of tests"
    settings.VAR_DIR = tmp_path
    getting.gallery.cache_clear()
    yield
    getting.gallery.cache_clear()
