"""Somebody at the site, by what readers do."""

from __future__ import annotations

from playwright.sync_api import Locator, Page


class Reader:
    """A reader with a browser; headings, links and buttons go by what they say."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def goes_to(self, address: str) -> None:
        self.page.goto(address)

    def opens_the_first_story(self) -> str:
        """Follow the first headline of a list; its words."""
        headline = self.first_card.locator(".story-card__headline a")
        words = headline.inner_text()
        headline.click()
        return words

    def follows(self, name: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=name).first.click()

    def presses(self, name: str) -> None:
        self.page.get_by_role("button", name=name).first.click()

    def ticks(self, label: str) -> None:
        self.page.get_by_label(label).first.check()

    def opens(self, folded: Locator) -> None:
        """Open what is folded, by the words that stand for it."""
        folded.locator("summary").first.click()

    def searches_for(self, words: str) -> None:
        self.goes_to("/search/")
        self.page.get_by_role("searchbox").first.fill(words)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url("**/search/?*")

    def types(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def mutes_the_publisher_of(self, card: Locator) -> str:
        """Mute who reports a story first of all; the name."""
        name = card.locator(".meta__who").first.inner_text()
        card.get_by_role("button", name="Mute").first.click()
        card.get_by_role("button", name=name, exact=True).click()
        return name

    def sees(self, words: str) -> bool:
        """Whether these words come in sight."""
        self.page.get_by_text(words).first.wait_for(timeout=5000)
        return True

    @property
    def heading(self) -> str:
        return self.page.locator("h1").inner_text()

    @property
    def cards(self) -> Locator:
        """The stories of a list that are in sight."""
        return self.page.locator("main .story-card:visible")

    @property
    def first_card(self) -> Locator:
        return self.cards.first

    @property
    def ways_out(self) -> list[str]:
        """Addresses of the links in the page that lead to publishers."""
        out = self.page.locator("main a.out:visible")
        return [link.get_attribute("href") or "" for link in out.all()]

    @property
    def focus(self) -> str:
        """The words of what has the keyboard, or the type of the field."""
        return self.page.evaluate(
            "document.activeElement.textContent.trim() || document.activeElement.type"
        )
