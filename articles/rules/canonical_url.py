"""One spelling per web page, and the link that readers are shown.

Two URLs address one page if they differ only in what no server distinguishes:
http or https, letter case of the host, user name, default port, fragment, and
parameters that only count visitors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import quote, unquote

from .hostname import InvalidHost, ascii_host

MAX_URL = 2000  # characters, of what is given and of what comes out

# Sources: documentation of Google Analytics and Ads, Meta, Microsoft, Yandex,
# Mailchimp, HubSpot, Marketo, Matomo, Adobe, Yahoo; feedType and feedName are
# Reuters', itm_* is Parse.ly's.
_TRACKING_PREFIXES = ("utm_", "mtm_", "itm_", "pk_campaign", "pk_kwd", "hsa_")
_TRACKING_NAMES = """
_ga _gl _hsenc _hsmi __hsfp __hssc __hstc __s __twitter_impression dclid ef_id
fb_action_ids fb_action_types fb_ref fb_source fbclid feedname feedtype gad_source
gbraid gclid gclsrc guccounter guce_referrer guce_referrer_sig hsctatracking igsh
igshid li_fat_id mc_cid mc_eid mkt_tok msclkid ncid ocid oly_anon_id oly_enc_id
ref_src ref_url rb_clickid s_cid s_kwcid spm srsltid ttclid twclid vero_conv
vero_id wbraid wickedid xtor yclid ysclid
"""
_TRACKING = frozenset(_TRACKING_NAMES.split())

_PARTS = re.compile(
    r"(?P<scheme>https?)://(?P<authority>[^/?#]*)(?P<path>[^?#]*)"
    r"(?:\?(?P<query>[^#]*))?(?:#(?P<fragment>.*))?",
    re.IGNORECASE | re.DOTALL,
)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]{0,30}):", re.IGNORECASE)
_PORT = re.compile(r":([0-9]*)\Z")
# A link that holds one of these is broken or meant to mislead.
_FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# What browsers would encode before they ask a server.
_UNSAFE = re.compile(r"""[^\x21-\x7e]|["<>`{|}^\\]""")
# What would break out of the link if it were printed as text, or turn the text round.
# Real links do hold such marks: escaped they still lead where they should.
_UNSAFE_SHOWN = re.compile(
    r"""[\s"<>`\\\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"""
)
_BLANKS = " \t\r\n\f\v\u00a0\u200b\ufeff"


class InvalidUrl(ValueError):
    """The text is no http or https URL; the message says why, for people."""


@lru_cache(maxsize=1024)  # what reads a drop asks twice, and storing it once more
def canonical_url(url: str) -> str:
    """Return the one spelling under which a page is compared, or raise InvalidUrl.

    Always https, so never to be used as a link. The path stays as it is; blanks and
    letters outside ASCII become the escapes that every browser sends for them.
    Idempotent.
    """
    parts = _parsed(url)
    path = _escaped(parts["path"] or "/", _UNSAFE)
    query = _escaped(_kept_parameters(parts["query"] or ""), _UNSAFE)
    found = f"https://{_host_and_port(parts['authority'])}{path}"
    return _bounded(f"{found}?{query}" if query else found)


def shown_url(url: str) -> str:
    """Return the drop's own link for readers, or raise InvalidUrl.

    Surrounding blanks, tracking parameters and user names are gone, blanks and quotes
    escaped; scheme, spelling of the host, path and a true fragment stay. Idempotent.
    """
    parts = _parsed(url)
    _host_and_port(parts["authority"])
    query = _kept_parameters(parts["query"] or "")
    fragment = _kept_parameters(parts["fragment"] or "")
    found = (
        f"{parts['scheme'].lower()}://{parts['authority'].rpartition('@')[2]}"
        f"{parts['path']}{'?' + query if query else ''}"
        f"{'#' + fragment if fragment else ''}"
    )
    return _bounded(_escaped(found, _UNSAFE_SHOWN))


def names_user(url: str) -> bool:
    """Whether a URL has a user name or a password before its host."""
    return without_user(url) != url


def without_user(url: str) -> str:
    """A URL as it is given, less a user name and a password; other text as it is."""
    found = _PARTS.fullmatch(url.strip(_BLANKS)) if "@" in url else None
    if found is None or "@" not in found["authority"]:
        return url
    return url.replace(found["authority"], found["authority"].rpartition("@")[2], 1)


def _parsed(url: str) -> dict[str, str]:
    text = _bounded(url.strip(_BLANKS))
    if not text:
        raise InvalidUrl("is empty")
    if _FORBIDDEN.search(text):
        raise InvalidUrl("holds a control character or a line end")
    if found := _PARTS.fullmatch(text):
        if "\\" in found["authority"] + found["path"]:
            raise InvalidUrl("holds a backslash, which browsers read as a slash")
        return found.groupdict()
    scheme = _SCHEME.match(text)
    if scheme is None:
        raise InvalidUrl("is no full address: it must begin with http:// or https://")
    if scheme[1].lower() in ("http", "https"):
        raise InvalidUrl("has no // after its scheme")
    raise InvalidUrl(f"has the scheme {scheme[1].lower()}: only http and https will do")


def _host_and_port(authority: str) -> str:
    host_and_port = authority.rpartition("@")[2]
    port = _PORT.search(host_and_port)
    try:
        host = ascii_host(host_and_port[: port.start()] if port else host_and_port)
    except InvalidHost as problem:
        raise InvalidUrl(str(problem)) from None
    digits = port[1].lstrip("0") if port else ""
    if len(digits) > 5 or int(digits or 0) > 65_535:
        raise InvalidUrl("has a port beyond 65535")
    # Both default ports go, whatever the scheme: http and https are one page.
    return host if digits in ("", "80", "443") else f"{host}:{digits}"


def _kept_parameters(query: str) -> str:
    return "&".join(_kept(query))


def _kept(query: str) -> Iterator[str]:
    for part in query.split("&"):
        # Pages that were escaped once too often name their parameters `amp;utm_id`.
        name = unquote(part.partition("=")[0]).lower().strip().removeprefix("amp;")
        tracks = name in _TRACKING or name.startswith(_TRACKING_PREFIXES)
        if part.strip() and not tracks:
            yield part


def _escaped(text: str, unsafe: re.Pattern[str]) -> str:
    return unsafe.sub(lambda found: quote(found[0], safe=""), text)


def _bounded(url: str) -> str:
    if len(url) > MAX_URL:
        raise InvalidUrl(f"is longer than {MAX_URL} characters")
    return url
