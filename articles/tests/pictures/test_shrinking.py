"""Of a publisher's file only pixels come through, and no more than are shown."""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO
from itertools import count

import pytest
from PIL import Image, ImageFile

from articles.pictures import shrinking
from articles.pictures.refused import Refused
from articles.pictures.shrinking import FORMATS, MOST_PIXELS, shrunk

from .files import animated, gif_of, painted_over, picture, png_of, profiled

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'


def opened(file: bytes) -> Image.Image:
    made = Image.open(BytesIO(file))
    made.load()
    assert made.format == "WEBP"
    return made


@pytest.mark.parametrize("kind", FORMATS)
def test_every_usual_kind_is_made_small(kind):
    assert opened(shrunk(picture(kind), 320)).size == (320, 180)


def test_small_pictures_are_not_made_larger_and_tall_ones_are_bounded():
    assert opened(shrunk(picture(size=(60, 60)), 320)).size == (60, 60)
    assert opened(shrunk(picture(size=(400, 4000)), 320)).size == (64, 640)


@pytest.mark.parametrize("mode", ["L", "1", "P", "RGBA", "LA", "I;16", "RGB"])
def test_every_way_to_say_colours_is_read(mode):
    assert opened(shrunk(picture(mode=mode), 320)).size == (320, 180)


def test_inks_are_read_as_colours():
    assert opened(shrunk(picture("JPEG", mode="CMYK"), 320)).mode == "RGB"


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG", "AVIF"])
def test_of_a_moving_picture_the_first_stays(kind):
    made = opened(shrunk(animated(kind), 320))
    red, green, blue = made.convert("RGB").getpixel((10, 10))
    assert red > 200 > 60 > blue
    assert getattr(made, "n_frames", 1) == 1


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_is_told_of_where_and_how_it_was_taken(kind):
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "A camera with a name", 6
    file = picture(kind, exif=exif, icc_profile=b"a profile with a name")
    made = opened(shrunk(file, 320))
    assert made.size == (320, 569)  # upright, as the camera said
    assert not made.getexif()
    assert "icc_profile" not in made.info
    assert b"with a name" not in shrunk(file, 320)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP"])
def test_what_hangs_behind_a_picture_or_hides_in_it_is_gone(kind):
    hidden = b"<script>alert(1)</script>PK\x03\x04"
    assert b"script" not in shrunk(picture(kind) + hidden, 320)


@pytest.mark.parametrize(
    "file",
    [png_of(60_000, 60_000), png_of(20_000, 10), png_of(6000, 6000)]
    + [png_of(2**31 - 1, 2**31 - 1), png_of(0, 10), gif_of(65_535, 65_535)]
    + [gif_of(5000, 5000)],
)
def test_huge_pictures_are_refused_by_their_heads(file):
    with pytest.raises(Refused):
        shrunk(file, 320)


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "JPEG", "GIF"])
def test_a_small_file_of_many_pixels_is_refused(kind):
    side = 1 + int(MOST_PIXELS**0.5)
    file = BytesIO()
    Image.new("L" if kind != "WEBP" else "RGB", (side, side)).save(file, kind)
    with pytest.raises(Refused, match="pixels"):
        shrunk(file.getvalue(), 320)


@pytest.mark.parametrize("made", [painted_over, profiled])
def test_a_small_file_of_much_work_is_refused(made, monkeypatch):
    looks = count(step=shrinking.MOST_WORK_S / 40)
    monkeypatch.setattr(shrinking, "thread_time", lambda: next(looks))
    monkeypatch.setattr(ImageFile, "MAXBLOCK", 1024)
    assert opened(shrunk(made(1), 320))
    with pytest.raises(Refused, match="work"):
        shrunk(made(5000), 320)


@pytest.mark.parametrize("kind", FORMATS)
def test_a_file_that_ends_too_soon_is_refused(kind):
    whole = picture(kind, size=(1280, 720))
    for part in (0.02, 0.3, 0.6):
        with pytest.raises(Refused):
            shrunk(whole[: int(len(whole) * part)], 320)


@pytest.mark.parametrize(
    "file",
    [
        *(b"", b"\x00" * 100, b"GIF89a", b"<!doctype html><title>a.png</title>", SVG),
        *(b"%PDF-1.7\n", b"%!PS-Adobe-3.0 EPSF-3.0\n", b"RIFF\x00\x00\x00\x00WEBP"),
        *(
            b"\xff\xd8\xff\xe0" + SVG,
            b"\x89PNG\r\n\x1a\n" + SVG,
            b"II*\x00" + b"\x00" * 50,
        ),
    ],
)
def test_what_is_no_picture_is_refused(file):
    with pytest.raises(Refused):
        shrunk(file, 320)


@pytest.mark.parametrize(
    "kind", ["TIFF", "BMP", "ICO", "PPM", "JPEG2000", "TGA", "PCX"]
)
def test_unusual_kinds_are_refused(kind):
    with pytest.raises(Refused):
        shrunk(picture(kind), 320)


@pytest.mark.parametrize("kind", FORMATS)
def test_damaged_files_are_refused_or_read_and_nothing_else(kind):
    whole = picture(kind, size=(64, 64))
    for place in range(0, len(whole), max(1, len(whole) // 40)):
        broken = whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]
        with suppress(Refused):
            read = opened(shrunk(broken, 320))
            assert read.format == "WEBP" and read.width <= 320
