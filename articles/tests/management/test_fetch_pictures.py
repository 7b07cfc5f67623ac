"""Pictures are there before the first readers come."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from articles.pictures import getting
from articles.pictures.refused import Refused
from articles.tests.make import NOW, import_drops, make_drop
from articles.tests.pictures.conftest import proxying  # noqa: F401 - a fixture
from articles.tests.pictures.files import picture

pytestmark = pytest.mark.django_db
asked: list[str] = []


class Publisher:
    def fetch(self, url: str) -> bytes:
        asked.append(url)
        if "missing" in url:
            raise Refused("none")
        return picture()


@pytest.fixture
def site(proxying, monkeypatch) -> None:  # noqa: F811 - as pytest asks
    asked.clear()
    monkeypatch.setattr(getting, "Fetching", Publisher)
    import_drops(
        {
            f"{name}.txt": make_drop(
                webUrl=f"https://{name}.example/",
                title=f"{name} {title}",
                images=[{"url": f"https://img.example/{name}.jpg"}],
            )
            for name, title in {
                "ferry": "sails again after a storm",
                "missing": "orchestra names its conductor",
            }.items()
        },
        now=NOW,
    )


def test_pictures_of_stories_are_kept_in_every_size_and_fetched_once(site, capsys):
    for _ in range(2):
        call_command("fetch_pictures")
        assert (
            "1 picture kept, 1 could not be had; 0.0 MB in all."
            in capsys.readouterr().err
        )
    assert sorted(asked) == [
        "https://img.example/ferry.jpg",
        "https://img.example/missing.jpg",
    ]


def test_without_the_setting_there_is_nothing_to_do(db):
    with pytest.raises(CommandError, match="IMAGES"):
        call_command("fetch_pictures")
    assert getting.shelf().size() == 0
