"""The tokens of `static/css/tokens.css`, as the style page shows them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from articles.drawing.contrast import contrast

TOKENS = Path(settings.BASE_DIR, "static", "css", "tokens.css")
_TOKEN = re.compile(r"(--[\w-]+):\s*([^;]+);")
_BOTH = re.compile(r"light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")
_BACKGROUNDS = ("--paper", "--tint", "--mark")
_TYPE = (
    "--headline",
    "--title",
    "--nameplate",
    "--standfirst",
    "--text",
    "--small",
    "--meta",
)


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour by day and by night, and its contrast with what it stands on."""

    name: str
    light: str
    dark: str
    against: str  # the token it is measured against
    by_day: float
    by_night: float


@dataclass(frozen=True, slots=True)
class Token:
    """Any other token: its name and its value."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """All tokens, by what they are."""

    colours: tuple[Colour, ...]
    type_sizes: tuple[Token, ...]
    spaces: tuple[Token, ...]
    others: tuple[Token, ...]


@cache
def tokens() -> Tokens:
    """Read the tokens as the stylesheet defines them first, for every reader."""
    defined: dict[str, str] = {}
    for name, value in _TOKEN.findall(TOKENS.read_text(encoding="utf-8")):
        defined.setdefault(name, " ".join(value.split()))
    both = {
        name: found
        for name, value in defined.items()
        if (found := _BOTH.fullmatch(value))
    }
    rest = [Token(name, value) for name, value in defined.items() if name not in both]
    type_sizes = tuple(token for token in rest if token.name.startswith(_TYPE))
    spaces = tuple(token for token in rest if token.name.startswith("--space"))
    return Tokens(
        colours=tuple(_colour(name, both) for name in both),
        type_sizes=type_sizes,
        spaces=spaces,
        others=tuple(token for token in rest if token not in type_sizes + spaces),
    )


def _colour(name: str, both: dict[str, re.Match[str]]) -> Colour:
    """Ink is measured on paper, paper by its ink, and what stands on accent on that."""
    against = "--ink" if name in _BACKGROUNDS else "--paper"
    against = "--accent" if name == "--accent-ink" else against
    (light, dark), (light_under, dark_under) = (
        both[name].groups(),
        both[against].groups(),
    )
    return Colour(
        name,
        light,
        dark,
        against,
        contrast(light, light_under),
        contrast(dark, dark_under),
    )
