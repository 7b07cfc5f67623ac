"""What a machine answers when something cannot be done, in words for operators."""

from __future__ import annotations


def in_words(error: Exception) -> str:
    """The reason alone, on one line: no number, no name of a passing file."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror[:1].lower() + error.strerror[1:]
    return " ".join(str(error).split()) or type(error).__name__
