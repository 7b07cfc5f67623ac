"""Files that call themselves pictures."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

from PIL import Image


def picture(kind: str = "PNG", size: tuple[int, int] = (640, 360), **more) -> bytes:
    """A picture of some colours."""
    made = Image.linear_gradient("L").resize(size).convert(more.pop("mode", "RGB"))
    file = BytesIO()
    made.save(file, kind, **more)
    return file.getvalue()


def animated(kind: str = "GIF") -> bytes:
    """A red picture, and a blue one after it."""
    red, blue = (Image.new("RGB", (320, 180), colour) for colour in ("red", "blue"))
    file = BytesIO()
    red.save(file, kind, save_all=True, append_images=[blue] * 3, duration=100)
    return file.getvalue()


def png_of(width: int, height: int) -> bytes:
    """The head of a picture of any size, with next to nothing behind it."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        chunk(kind, data)
        for kind, data in (
            (b"IHDR", head),
            (b"IDAT", zlib.compress(bytes(4096))),
            (b"IEND", b""),
        )
    )


def chunk(kind: bytes, data: bytes) -> bytes:
    """A part of a PNG."""
    checked = struct.pack(">I", zlib.crc32(kind + data))
    return struct.pack(">I", len(data)) + kind + data + checked


def gif_of(width: int, height: int) -> bytes:
    """The same as GIF."""
    return b"GIF89a" + struct.pack("<HH", width, height) + gif_rest(width, height)


def gif_rest(width: int, height: int) -> bytes:
    frame = b"," + struct.pack("<HHHH", 0, 0, width, height) + b"\x00"
    return (
        b"\x80\x00\x00" + b"\x00" * 3 + b"\xff" * 3 + frame + b"\x02\x02\x44\x01\x00;"
    )


def painted_over(times: int) -> bytes:
    """A JPEG of a few pixels that come again and again."""
    whole = picture("JPEG", size=(64, 64), progressive=True)
    last = whole[whole.rindex(b"\xff\xda") : -2]
    return whole[:-2] + last * times + whole[-2:]


def profiled(times: int) -> bytes:
    """A PNG with as many profiles of its colours."""
    whole = picture("PNG", size=(64, 64))
    data = b"a\0\0" + zlib.compress(b"a profile")
    return whole[:33] + chunk(b"iCCP", data) * times + whole[33:]
