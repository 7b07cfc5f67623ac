"""Lines of a mail's head, folded by the project.

Python 3.11 lays out headers on its own where they are long, and in some cases
wrongly: it encodes the address in List-Unsubscribe, and takes what looks encoded in a
headline for encoded. What is here leaves nothing to it.
"""

from __future__ import annotations

import textwrap
from email.header import Header
from email.policy import EmailPolicy

from articles.rules.text.columns import one_line

from .addresses import Mailbox

LINE = 76  # characters; RFC 5322 advises at most 78, RFC 2047 76 where encoded


class Folded(str):
    """A header's value with its lines laid out: the policy writes it as it is."""

    name: str

    # The name has a default for backends that keep copies: they set it later.
    def __new__(cls, value: str, name: str = "") -> Folded:
        made = super().__new__(cls, value)
        made.name = name
        return made

    def fold(self, *, policy: EmailPolicy) -> str:
        text = self.replace("\n", policy.linesep)
        return f"{self.name}: {text}{policy.linesep}"


def words(name: str, text: str) -> Folded:
    """A header of words in any script, on lines that every server lets pass."""
    return Folded(_encoded(one_line(text), len(name) + 2), name)


def one_mailbox(name: str, box: Mailbox) -> Folded:
    """A header with one mailbox and its name."""
    said = one_line(box.name)
    if not said:
        return Folded(box.address, name)
    room = LINE - len(name) - 2
    if said.isascii() and "=?" not in said and len(said) < room - 4:
        escaped = said.replace("\\", "\\\\").replace('"', '\\"')
        said = f'"{escaped}"'
    else:
        said = _utf8(said, len(name) + 2)
    gap = " " if len(f"{said} <{box.address}>") <= room else "\n "
    return Folded(f"{said}{gap}<{box.address}>", name)


def _encoded(text: str, before: int) -> str:
    """Text as it is where that is safe, else as RFC 2047 has it."""
    longest = max(map(len, text.split()), default=0)
    if not text.isascii() or "=?" in text or longest > LINE - before:
        return _utf8(text, before)
    lines = textwrap.wrap(
        text, LINE, initial_indent=" " * before, break_on_hyphens=False
    )
    return "\n ".join(line.strip() for line in lines)


def _utf8(text: str, before: int) -> str:
    # Encoded as a whole: a word that stands plain beside encoded ones loses blanks.
    return Header(text, "utf-8", maxlinelen=LINE, header_name="x" * before).encode()
