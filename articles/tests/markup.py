"""A strict reader of the site's HTML: what a page links to, asks for and is made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
    ]
)
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "details",
        "div",
        "dl",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "ul",
    ]
)
PARENTS = {
    "li": {"ul", "ol"},
    "tr": {"thead", "tbody", "tfoot"},
    "td": {"tr"},
    "th": {"tr"},
    "summary": {"details"},
    "caption": {"table"},
}
# Where an element names what the browser asks for on its own.
ASKING = {
    "img": ("src", "srcset"),
    "source": ("src", "srcset"),
    "script": ("src",),
    "iframe": ("src",),
    "embed": ("src",),
    "audio": ("src",),
    "video": ("src", "poster"),
    "object": ("data",),
    "image": ("href",),
    "use": ("href",),
}
FETCHED = frozenset(
    [
        "stylesheet",
        "icon",
        "apple-touch-icon",
        "manifest",
        "preload",
        "prefetch",
        "preconnect",
        "dns-prefetch",
        "modulepreload",
    ]
)
REFERRING = ("for", "aria-labelledby", "aria-describedby")


@dataclass
class Markup:
    """What one page holds; `faults` are what a strict parser objects to."""

    faults: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)  # where one may go
    asked: list[tuple[str, str]] = field(default_factory=list)  # tag, address
    anchors: list[dict[str, str]] = field(default_factory=list)
    images: list[dict[str, str]] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    refers: list[str] = field(default_factory=list)  # ids that something names
    text: str = ""


def read_markup(page: str) -> Markup:
    """Read a page, leniently in nothing."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    found = reader.found
    if not page.startswith("<!doctype html>"):
        found.faults.append("no doctype")
    found.faults += [f"<{tag}> is never closed" for tag in reader.open]
    found.faults += [
        f"two have the id {i}" for i in {*found.ids} if found.ids.count(i) > 1
    ]
    found.faults += [f"none has the id {i}" for i in found.refers if i not in found.ids]
    return found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = Markup()
        self.open: list[str] = []

    def handle_starttag(self, tag, attrs):
        self._place(tag)
        self._attributes(tag, [name for name, _ in attrs])
        self._collect(tag, {name: value or "" for name, value in attrs})
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()
            if "svg" not in self.open:
                self.found.faults.append(f"<{tag}/> is no void element")

    def handle_endtag(self, tag):
        if self.open[-1:] == [tag]:
            self.open.pop()
        else:
            self.found.faults.append(f"</{tag}> after {self.open[-1:]}")

    def handle_data(self, data):
        self.found.text += data
        if self.open[-1:] == ["script"] and data.strip():
            self.found.faults.append("an inline script")

    def _place(self, tag):
        parent = self.open[-1] if self.open else ""
        if parent not in PARENTS.get(tag, {parent}):
            self.found.faults.append(f"<{tag}> in <{parent}>")
        if "p" in self.open and tag in BLOCKS:
            self.found.faults.append(f"<{tag}> in a paragraph")
        if "a" in self.open and tag in ("a", "button", "input", "summary"):
            self.found.faults.append(f"<{tag}> in a link")
        if tag == "style":
            self.found.faults.append("<style>")

    def _attributes(self, tag, names):
        for name in names:
            if name == "style" or name.startswith("on"):
                self.found.faults.append(f"{name} on <{tag}>")
            if names.count(name) > 1:
                self.found.faults.append(f"{name} twice on <{tag}>")

    def _collect(self, tag, given):
        found = self.found
        found.ids += [given["id"]] if "id" in given else []
        for name in REFERRING:
            found.refers += given.get(name, "").split()
        for name in ASKING.get(tag, ()):
            parts = (
                given.get(name, "").split(",")
                if name == "srcset"
                else [given.get(name, "")]
            )
            found.asked += [(tag, part.split()[0]) for part in parts if part.strip()]
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            found.headings.append(int(tag[1]))
        if tag == "img":
            found.images.append(given)
        if tag == "a":
            found.anchors.append(given)
        if tag == "link" and FETCHED & set(given["rel"].split()):
            found.asked.append((tag, given["href"]))
        elif tag in ("a", "area", "link") and "href" in given:
            found.links.append(given["href"])
        if tag == "form":
            found.links.append(given.get("action", ""))
