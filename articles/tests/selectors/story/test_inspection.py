"""`manage.py explain_story URL`: what it prints, of whom, and what it refuses."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from articles.models import Article, Page
from articles.publishing import withdraw

from .making import BRIDGE, listing, one_story, tell


@pytest.fixture
def story(db):
    lead, echo = tell("lead", quality=90), tell("echo", f"{BRIDGE}, two hurt", hours=2)
    listing(echo, lead)
    return one_story(lead, echo)


@pytest.fixture
def explained(capsys):
    def run(url: str) -> str:
        call_command("explain_story", url)
        return capsys.readouterr().out

    return run


def test_it_prints_page_story_tie_and_path(story, explained):
    said = explained("http://echo.example/?utm_source=mail").splitlines()
    assert said[:4] == [
        f"{BRIDGE}, two hurt",
        "  https://echo.example/",
        "  listed",
        "  echo.example, 2024-03-01 14:00 UTC",
    ]
    assert said[4:6] == [
        f"story {story.public_id}: {BRIDGE}",
        "  2 articles, 2 that readers see",
    ]
    assert said[6] == f"tied to {BRIDGE} (lead.example) https://lead.example/"
    assert said[7].startswith("  lists it as related, published 2 h later")
    assert any(line.startswith("  weight ") for line in said)
    assert said[-3:] == [
        "path to the lead",
        f"  {BRIDGE}, two hurt (echo.example) https://echo.example/",
        f"  {BRIDGE} (lead.example) https://lead.example/",
    ]


def test_of_a_lead_it_says_that_it_leads(story, explained):
    assert explained("https://lead.example/").splitlines()[-1].startswith("it leads")


def test_a_page_is_found_under_its_amp_address(story, explained):
    Article.objects.filter(source_name="echo").update(
        amp_key="https://amp.echo.example/"
    )
    assert explained("https://amp.echo.example/") == explained("https://echo.example/")


def test_hidden_pages_are_explained_with_a_note(story, explained):
    withdraw(Page.objects.get(canonical_url="https://echo.example/"))
    said = explained("https://echo.example/")
    assert "note: withdrawn, hidden from readers" in said
    assert "2 articles, 1 that readers see" in said
    assert "https://echo.example/ [hidden from readers]" in said
    assert "https://lead.example/ [hidden" not in said


def test_a_story_that_nobody_sees_is_explained_from_its_founder(story, explained):
    withdraw(Article.objects.all())
    said = explained("https://echo.example/")
    assert "none of its articles is published" in said
    assert said.splitlines()[-1].startswith(f"  {BRIDGE} (lead.example)")


@pytest.mark.parametrize(
    "url", ["https://nobody.example/", "nonsense", "", "ftp://lead.example/"]
)
def test_an_unknown_address_is_refused_in_one_line(story, url):
    with pytest.raises(CommandError, match="no article is known under") as refused:
        call_command("explain_story", url)
    assert refused.value.returncode == 2
    assert "\n" not in str(refused.value)
