"""Which addresses of machines are anybody's to ask: those of the public internet."""

from __future__ import annotations

from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
)

# What the standard library of Python 3.11 takes for global, and is not.
_NOT_V4 = tuple(
    map(
        IPv4Network,
        (
            "100.64.0.0/10",  # shared by the customers of a carrier
            "168.63.129.16/32",  # what a cloud tells its own machines
            "192.0.0.0/24",  # protocols
            "192.88.99.0/24",  # relays of 6to4
        ),
    )
)
# All that is given out lies in here: not in it are loopback, links, sites, private
# and mapped addresses, NAT64 (64:ff9b::), IPv4 in the last four bytes, multicast.
_GIVEN_OUT = IPv6Network("2000::/3")
_NOT_V6 = tuple(
    map(
        IPv6Network,
        (
            "2001::/23",  # protocols, among them Teredo, which holds an IPv4 address
            "2001:db8::/32",  # for examples
            "2002::/16",  # 6to4, which holds an IPv4 address
            "3fff::/20",  # for examples
        ),
    )
)


def is_public(spelled: str) -> bool:
    """Whether this is an address, and one of the public internet."""
    try:
        address = ip_address(spelled)
    except ValueError:
        return False
    if isinstance(address, IPv4Address):
        return _is_usual(address) and not any(address in net for net in _NOT_V4)
    return (
        address in _GIVEN_OUT
        and address.scope_id is None
        and _is_usual(address)
        and not any(address in net for net in _NOT_V6)
    )


def _is_usual(address: IPv4Address | IPv6Address) -> bool:
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and not address.is_unspecified
    )
