"""A publisher's picture as pages show it: its pixels, and nothing else of its file."""

from __future__ import annotations

import warnings
from io import BytesIO
from threading import Lock
from time import thread_time

from PIL import Image, ImageOps

from .refused import Refused

MEDIA_TYPE = "image/webp"
# Drawings in XML are programs, and have no place here.
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
MOST_PIXELS = 24_000_000
LONGEST_SIDE = 16_000
TOO_MANY = "the picture has too many pixels"
TALLEST = 2  # times the width
MOST_WORK_S = 5.0  # of a processor, until a file is read
_QUALITY = 76
_SMOOTH = Image.Resampling.LANCZOS
_DECODING = Lock()  # one at a time: 24 million pixels take 100 MB

# Pillow refuses by itself what has more than twice this, by the file's head alone.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS // 2
warnings.filterwarnings("ignore", category=Image.DecompressionBombWarning)


class _File(BytesIO):
    """A file that ends what reads it once that has worked too long.

    Few pixels may cost much: a JPEG paints them over a hundred thousand times, a PNG
    has a thousand profiles to unpack. Decoders ask for a file piece by piece, which is
    where to look.
    """

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self._until = thread_time() + MOST_WORK_S

    def read(self, size: int | None = -1, /) -> bytes:
        if thread_time() > self._until:
            raise Refused("the file takes too much work to read")
        return super().read(size)


def shrunk(file: bytes, width: int) -> bytes:
    """The first picture of a file, no wider than this, as WebP; or raise Refused."""
    try:
        with _DECODING:
            return _shrunk(file, width)
    except Refused:
        raise
    except Image.DecompressionBombError:
        raise Refused(TOO_MANY) from None
    # Decoders of five formats, in C and Python, fail in ways of their own.
    except Exception as error:  # noqa: BLE001
        raise Refused(
            f"the file is no picture that can be read: {type(error).__name__}"
        ) from None


def _shrunk(file: bytes, width: int) -> bytes:
    tallest = width * TALLEST
    with Image.open(_File(file), formats=FORMATS) as found:
        if max(found.size) > LONGEST_SIDE or found.width * found.height > MOST_PIXELS:
            raise Refused(TOO_MANY)
        # A JPEG is read no larger than it is needed, whichever side is up.
        found.draft("RGB", (tallest, tallest))
        wanted = "RGBA" if found.has_transparency_data else "RGB"
        plain = found if found.mode == wanted else found.convert(wanted)
        plain.thumbnail((tallest, tallest), _SMOOTH, reducing_gap=2.0)
        # Of the file, since what was made of it may have forgotten.
        plain.getexif().update(found.getexif())
        plain = ImageOps.exif_transpose(plain)
    plain.thumbnail((width, tallest), _SMOOTH)
    # What goes on is pixels: no places, cameras, profiles, comments.
    plain.info.clear()
    made = BytesIO()
    plain.save(made, "WEBP", quality=_QUALITY, method=4)
    return made.getvalue()
