"""Say why a page is in its story."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from articles.management.site_command import SiteCommand
from articles.models import Page
from articles.rendering.explanation import PageName, Reason
from articles.rules.phrasing import counted
from articles.selectors.story.inspection import Inspection, inspection


class Command(SiteCommand):
    help = (
        "Print the article at a URL, its story, the article it is tied to and by what, "
        "and the path to the lead. Hidden articles are explained, too."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("url", help="any spelling of an article's address")

    def handle(self, *args: Any, **options: Any) -> None:
        found = inspection(options["url"])
        if found is None:
            raise CommandError(
                f"no article is known under {options['url']!r}", returncode=2
            )
        self._page(found.page)
        if found.story is None:
            self.stdout.write("  in no story: it has no date")
            return
        self._story(found)
        if found.reason is not None:
            self._reason(found.reason, found.percent)

    def _page(self, page: Page) -> None:
        self.stdout.write(page.title or page.canonical_url)
        self.stdout.write(f"  {page.canonical_url}")
        self.stdout.write(f"  {_standing(page)}")
        if page.provider and page.published_at:
            at = timezone.localtime(page.published_at)
            self.stdout.write(f"  {page.provider.name}, {at:%Y-%m-%d %H:%M %Z}")

    def _story(self, found: Inspection) -> None:
        story = found.story
        assert story is not None
        self.stdout.write(f"story {story.public_id}: {story}")
        seen = sum(page.is_visible for page in found.pages)
        self.stdout.write(
            f"  {counted(len(found.pages), 'article')}, {seen} that readers see"
        )
        if story.lead_id is None:
            self.stdout.write(
                "  note: none of its articles is published, so it has no lead; what "
                "follows leads to its founder"
            )

    def _reason(self, reason: Reason, percent: int) -> None:
        if reason.other is None:
            self.stdout.write("it leads its story: every path ends here")
            return
        self.stdout.write(f"tied to {_named(reason.other)}")
        self.stdout.write(f"  {reason.words}")
        for term in reason.terms:
            self.stdout.write(f"  weight {term.weight:.1f}: {term.words}")
        said = ", but an editor's word counts" if reason.by_editor else ""
        self.stdout.write(f"  one event with {percent} % likelihood{said}")
        self.stdout.write("path to the lead")
        for step in reason.path:
            self.stdout.write(f"  {_named(step)}")


def _named(page: PageName) -> str:
    hidden = "" if page.is_visible else " [hidden from readers]"
    return f"{page.title} ({page.provider}) {page.url}{hidden}"


def _standing(page: Page) -> str:
    if page.is_withdrawn:
        return "note: withdrawn, hidden from readers"
    if page.is_listed:
        return "listed"
    return "visible" if page.is_visible else "note: hidden from readers"
