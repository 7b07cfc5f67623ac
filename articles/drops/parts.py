"""The parts that a drop and its related entries share: pictures and publishers."""

from __future__ import annotations

from articles.rules.hostname import provider_domain
from articles.rules.text.clean import clean_text

from .drop import ImageRef, ProviderRef
from .fields import Fields
from .limits import MAX_IMAGES, MAX_NAME, MAX_PIXELS, MAX_TITLE
from .nodes import Mapping, Node
from .notes import Notes
from .scalars import Unusable, whole_number

_IMAGE_KEYS = frozenset(("url", "width", "height", "title", "isCached"))
_PROVIDER_KEYS = frozenset(("name", "domain", "images"))


def images_of(fields: Fields) -> tuple[ImageRef, ...]:
    """Return the usable pictures of a map's `images`, with a warning for the others."""
    items = fields.items("images")
    if len(items) > MAX_IMAGES:
        fields.warn("images", f"more than {MAX_IMAGES}: the others are left out")
    found = []
    for index, item in enumerate(items[:MAX_IMAGES]):
        image = _image(item, fields.notes.within(f"images[{index}]"))
        if image is not None:
            found.append(image)
    return tuple(found)


def provider_of(fields: Fields, canonical: str | None) -> ProviderRef | None:
    """Return a map's publisher, or None after noting the fault.

    A missing name or domain is made up for by the other, and that by the page's host.
    In a related entry even the whole map may be missing.
    """
    node = fields.node("provider")
    host = provider_domain(canonical or "")
    if isinstance(node, Mapping):
        notes = fields.notes.within("provider")
        return _provider(Fields(node, notes, fields.gravity), host)
    message = "must be a map with name and domain"
    if fields.gravity == "error":
        fields.fault("provider", message if node else f"is missing: it {message}")
        return None
    fields.warn("provider", f"{message}; the host of its link stands in")
    return ProviderRef(host, host, ()) if host else None


def _provider(fields: Fields, host: str) -> ProviderRef | None:
    fields.unknown(_PROVIDER_KEYS)
    name = clean_text(fields.text("name", MAX_NAME))
    given = fields.text("domain", MAX_NAME).strip()
    domain = provider_domain(given)
    if given and not domain:
        fields.warn("domain", "is no host name; the host of the link stands in")
    if not name and not domain:
        fields.fault("name", "is missing, and so is the domain")
        return None
    if not name:
        fields.warn("name", "is missing or blank; the domain stands in")
    if fields.node("domain") is None:
        fields.warn("domain", "is missing; the host of the link stands in")
    domain = domain or host
    if not domain:
        return None  # There is no link either, which is noted elsewhere.
    return ProviderRef(name or domain, domain, images_of(fields))


def _image(node: Node, notes: Notes) -> ImageRef | None:
    if not isinstance(node, Mapping):
        notes.warn(node.start, "", "must be a map with url, width and height; left out")
        return None
    fields = Fields(node, notes, "warning")
    fields.unknown(_IMAGE_KEYS)
    url, reason = fields.checked_url("url")
    if reason or not url:
        fields.warn("url", f"{reason or 'is missing'}; the picture is left out")
        return None
    width, height = _pixels(fields, "width"), _pixels(fields, "height")
    title = fields.text("title", MAX_TITLE)
    return ImageRef(url, width, height, title, fields.truth("isCached"))


def _pixels(fields: Fields, name: str) -> int | None:
    node = fields.node(name)
    if node is None:
        return None
    try:
        pixels = whole_number(node)
    except Unusable:
        pixels = -1
    if 0 < pixels <= MAX_PIXELS:
        return pixels
    message = f"must be a whole number from 1 to {MAX_PIXELS:,}; the size is left out"
    fields.warn(name, message)
    return None
