"""PyYAML's complaints in words for people, without a word of the file's text."""

from __future__ import annotations

import re

import yaml

from .notes import Note, place

# What PyYAML or libyaml says, and what the cause usually is.
_HINTS = (
    ("mapping values are not allowed", "put text that holds a colon in double quotes"),
    ("cannot start any token", "a tab, @ or ` stands here: indent with blanks, quote"),
    ("unexpected end of stream", "a quote or a bracket is not closed"),
    ("unexpected document indicator", "a quote is not closed"),
    ("unknown escape", "a \\ in double quotes: write it twice or use single quotes"),
    ("hexadecimal", "a \\ in double quotes: write it twice or use single quotes"),
    ("invalid Unicode", "this escape names no character"),
    ("expected ':'", "this line has no colon: is a quote or an indent wrong?"),
    ("expected key", "check quotes and indentation of this line and the one before"),
    ("block end", "check quotes and indentation of this line and the one before"),
    ("',' or", "a comma or a closing bracket is missing"),
    ("-' indicator", "check the indentation of this list"),
    ("alphabetic or numeric", "put text that begins with & or * in quotes"),
    ("tag", "a tag (!) is not allowed: put the text in quotes"),
    ("directive", "put text that begins with % in quotes"),
)
_TOP_LEVEL_KEY = re.compile(
    r"^[\"']?([A-Za-z_]\w{0,39})[\"']?[ ]*:(?=\s)", re.MULTILINE
)
# The Python scanner names characters and tokens it met; longer words may be content.
_CONTENT = re.compile(r"['\"][^'\"]{4,}['\"]")


def in_words(problem: Exception, text: str) -> Note:
    """Return a note on an exception of PyYAML's: place, field, reason and hint."""
    if not isinstance(problem, yaml.MarkedYAMLError):
        return Note(None, "", "error", "broken YAML: an escape names no character")
    reason = _CONTENT.sub("...", problem.problem or "it cannot be read")
    mark = problem.problem_mark or problem.context_mark
    at = None if mark is None else min(mark.index, len(text))
    context = problem.context_mark
    hint = next((hint for words, hint in _HINTS if words in reason), "")
    begun = ""
    if context is not None and "quoted" in (problem.context or ""):
        # The place is where reading ended; the quote that began it is what to look at.
        begun = f" (the quote opens on line {place(text, context.index)[0] + 1})"
        at_field = context.index
    else:
        at_field = at or 0
    message = f"broken YAML: {reason}{begun}" + (f": {hint}" if hint else "")
    return Note(at, _top_level_key(text, at_field), "error", message)


def _top_level_key(text: str, at: int) -> str:
    found = ""
    for key in _TOP_LEVEL_KEY.finditer(text, 0, at + 1):
        found = key[1]
    return found
