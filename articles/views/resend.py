"""A form that could not be saved, made ready to be sent once more.

Passwords and tokens are never repeated: a password is asked for again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.http.request import RawPostDataException

LONGEST = 500_000  # characters of a form that is shown again
LONG_LINE = 80
TOKEN = "csrfmiddlewaretoken"
SECRET = re.compile(r"pass|pwd|secret|token", re.I)
# What forms send that nobody typed: rows, what they showed, buttons, choices.
UNTYPED = re.compile(
    r"_.*|form-.*|.*-(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS|initial-.*"
    r"|shown|story|page|one|other|kind|act|undo|sure|back|action|select_across|index"
    r"|next|usable_password|this_is_the_login_form|published"
)
CHOSEN = re.compile(r"on|[0-9]*")


@dataclass(frozen=True, slots=True)
class Sent:
    """One value of a form."""

    name: str
    value: str
    kind: Literal["hidden", "secret", "line", "text"]

    @property
    def label(self) -> str:
        return self.name.replace("_", " ").replace("-", " ").capitalize()


def what_was_sent(request: HttpRequest) -> list[Sent] | None:
    """The fields of a form, in order; None where there are more than can be shown."""
    try:
        given = [(name, held) for name, held in request.POST.lists() if name != TOKEN]
    except (
        MultiPartParserError,
        RawPostDataException,
        SuspiciousOperation,
        UnreadablePostError,
    ):
        return None
    if sum(len(name) + len(value) for name, held in given for value in held) > LONGEST:
        return None
    return [
        sent
        for name, held in given
        for sent in ([_sent(name, value) for value in held] if held else [])
    ]


def _sent(name: str, value: str) -> Sent:
    if UNTYPED.fullmatch(name):
        return Sent(name, value, "hidden")
    if SECRET.search(name):
        return Sent(name, "", "secret")
    if CHOSEN.fullmatch(value):
        return Sent(name, value, "hidden")
    long = len(value) > LONG_LINE or "\n" in value
    return Sent(name, value, "text" if long else "line")
