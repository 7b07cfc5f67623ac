"""Publishers' domains and hosts of URLs, brought to one spelling."""

from __future__ import annotations

import ipaddress
import re
import unicodedata

MAX_HOST = 253  # characters, RFC 1035

# Underscores and outer hyphens are against the letter of the RFCs and in use.
_LABEL = re.compile(r"[a-z0-9_-]{1,63}")
_PLAIN = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
_DOTS = re.compile("[\u3002\uff0e\uff61]")
_SCHEME = re.compile(r"\A[a-z][a-z0-9+.-]*:(?=//)", re.IGNORECASE)
_PORT = re.compile(r":[0-9]*\Z")


class InvalidHost(ValueError):
    """The text cannot be the host of a web address."""


def ascii_host(host: str) -> str:
    """Fold a host to lower-case A-labels, or raise InvalidHost.

    IPv6 literals stand in brackets, as in a URL, and come back shortened. Letters
    outside ASCII are folded like UTS 46 (not transitional: `ß` stays itself).
    """
    if _PLAIN.fullmatch(host) and len(host) <= MAX_HOST:
        return host  # nearly all there are
    if host.startswith("["):
        return _ipv6(host)
    folded = _DOTS.sub(".", host).rstrip(".")
    labels = [_ascii_label(label) for label in folded.split(".")]
    joined = ".".join(labels)
    if len(joined) > MAX_HOST:
        raise InvalidHost("the host is longer than 253 characters")
    return joined


def provider_domain(domain: str) -> str:
    """Fold a publisher's domain: lower-case A-labels, without `www.`, port or path.

    A whole URL is taken for its host. Text that holds no host gives "".
    """
    text = _SCHEME.sub("", domain.strip()).removeprefix("//")
    host = re.split(r"[/?#\\]", text, maxsplit=1)[0].rpartition("@")[2]
    try:
        folded = ascii_host(_PORT.sub("", host))
    except InvalidHost:
        return ""
    while folded.startswith("www.") and "." in folded.removeprefix("www."):
        folded = folded.removeprefix("www.")
    return folded


def _ipv6(host: str) -> str:
    try:
        address = ipaddress.IPv6Address(host[1:-1] if host.endswith("]") else "")
    except ValueError:
        raise InvalidHost("the host is not an IPv6 address") from None
    if address.scope_id is not None:
        raise InvalidHost("the IPv6 address names a zone")
    return f"[{address.compressed}]"


def _ascii_label(label: str) -> str:
    # The standard library's codec is IDNA 2003: it merges `ß` with `ss`, which
    # browsers no longer do. Folding by hand keeps two sites two.
    folded = unicodedata.normalize("NFKC", label.lower())
    if not folded.isascii():
        folded = _a_label(folded)
    if not _LABEL.fullmatch(folded):
        raise InvalidHost("the host is missing or holds a character no host may have")
    return folded


def _a_label(label: str) -> str:
    if len(label) > 63:
        raise InvalidHost("a part of the host is longer than 63 characters")
    if any(unicodedata.category(c)[0] not in "LMN" and c not in "-_" for c in label):
        raise InvalidHost("the host holds a character no host may have")
    return "xn--" + label.encode("punycode").decode("ascii")
