"""What is signed in the address of a picture: whose it is, and how wide.

Nobody can have other pictures or sizes fetched than those that pages show.
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode

from django.conf import settings

# Pixels, by the use that pages make of pictures; screens show two or three to one of
# the page's own.
WIDTHS = {"thumb": 320, "lead": 1200}
_LENGTH = 16  # bytes of a signature


def signature(page: str, width: int) -> str:
    """The word that an address of this page's picture, so wide, bears."""
    key: str = settings.PICTURES_KEY
    made = hmac.digest(key.encode(), f"{page} {width}".encode(), "sha256")
    return urlsafe_b64encode(made[:_LENGTH]).rstrip(b"=").decode("ascii")


def is_signed(page: str, width: int, given: str) -> bool:
    """Whether an address was made here."""
    expected = signature(page, width)
    return hmac.compare_digest(expected.encode(), given.encode(errors="replace"))
