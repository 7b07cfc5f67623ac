"""What the doctor finds wrong."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: what is, why it matters, what to do. Whole sentences."""

    what: str
    why: str
    todo: str

    def __str__(self) -> str:
        return f"{self.what}\n  why: {self.why}\n  do:  {self.todo}"
