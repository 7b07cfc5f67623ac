"""Pages of the site, and a visit to them in a real browser."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Route

from articles.models import Story

PAGES = {
    "top stories": "/",
    "latest": "/latest/",
    "narrowing": "/?filter=1",
    "narrowed": "/latest/?topic=computer-vision&min_quality=1",
    "nothing left": "/latest/?min_quality=1000&topic=computer-vision",
    "most covered": "/covered/",
    "story": "/stories/{widest}/",
    "story of one page": "/stories/{alone}/",
    "article": "/articles/{lead}/",
    "topics": "/topics/",
    "topic": "/topics/computer-vision/",
    "publishers": "/providers/",
    "ranks": "/providers/?by=first",
    "publisher": "/providers/biometricupdate.com/",
    "search": "/search/",
    "hits": "/search/?q=facial&min_quality=1",
    "no hits": "/search/?q=zebra",
    "a wrong filter": "/search/?q=facial&since=yesterday",
    "archive": "/archive/",
    "year": "/archive/2020/",
    "month": "/archive/2020/01/",
    "edition": "/archive/2020/01/24/",
    "about": "/about/",
    "your reading": "/saved/",
    "shortcuts": "/shortcuts/",
    "style": "/about/style/",
    "missing": "/missing/",
}


class Visit:
    """A page in a fresh profile, and what it asked of whom and complained of."""

    def __init__(self, browser: Browser, server: str, **options: object) -> None:
        self.server = server
        self.complaints: list[str] = []
        self.remote: set[tuple[str, str]] = set()
        self.context: BrowserContext = browser.new_context(base_url=server, **options)
        self.context.route(lambda url: not url.startswith(server), self._refuse)
        self.page: Page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda message: self._heard(message))

    def _refuse(self, route: Route) -> None:
        self.remote.add((route.request.resource_type, route.request.url))
        route.abort()

    def _heard(self, message) -> None:
        source = message.location.get("url", "")
        # Pictures of other hosts fail here, and a missing page is told as an error.
        here = urlsplit(source).netloc in ("", urlsplit(self.server).netloc)
        expected = urlsplit(source).path == "/missing/"
        if message.type == "error" and here and not expected:
            self.complaints.append(f"{self.page.url}: {message.text}")


def address(name: str) -> str:
    stories = Story.objects.listed().order_by("-page_count")
    return PAGES[name].format(
        widest=stories[0].public_id,
        alone=stories.last().public_id,
        lead=stories[0].lead.public_id,
    )


def paper(page: Page) -> str:
    return page.evaluate("getComputedStyle(document.documentElement).backgroundColor")


def open_page(visit: Visit, name: str) -> Page:
    answer = visit.page.goto(address(name))
    assert answer.status == (404 if name == "missing" else 200)
    return visit.page
