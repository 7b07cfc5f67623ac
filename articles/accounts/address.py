"""The address that a request came from, whatever its headers claim."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest

Address = IPv4Address | IPv6Address
# Some proxies add the port: "192.0.2.1:4711", "[2001:db8::1]:4711".
WITH_PORT = re.compile(r"\[([^\]]*)\](?::\d*)?|([\d.]+):\d*")
HOMES = 64  # bits of an IPv6 address that tell one household from another


def client_address(request: HttpRequest) -> str:
    """The address of whoever asks, "" where it cannot be known.

    Each proxy adds the address that it was asked from at the end of
    X-Forwarded-For. So it is read backwards, as long as a proxy of
    TRUSTED_PROXIES said so; what stands further in front anybody can write.
    """
    remote = request.META.get("REMOTE_ADDR", "")
    found = _read(remote)
    trusted = _is_ours(found) if remote else settings.PROXY_ON_SOCKET
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    while trusted and hops:
        hop = _read(hops.pop())
        if hop is None:
            break
        found, trusted = hop, _is_ours(hop)
    return "" if found is None else str(found)


def household(address: str) -> str:
    """What is counted as one address: of IPv6 the network that one household has."""
    found = _read(address)
    if isinstance(found, IPv6Address):
        return str(IPv6Address(int(found) >> (128 - HOMES) << (128 - HOMES)))
    return address


def _read(text: str) -> Address | None:
    text = text.strip()[:64]
    if parts := WITH_PORT.fullmatch(text):
        text = parts[1] or parts[2] or ""
    try:
        found = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def _is_ours(address: Address | None) -> bool:
    return address is not None and any(
        address in network for network in settings.TRUSTED_PROXIES
    )
