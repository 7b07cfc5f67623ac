"""A query in the language of SQLite's FTS5."""

from __future__ import annotations

from collections.abc import Iterable

from .query import Clause, SearchQuery

# Stands in every entry. Of a private area, so that it is in no text.
EVERY = "\ue000"


def expression(query: SearchQuery, *, publishers: bool = False) -> str:
    """What FTS5 is to match for a query; also for its `publishers`, if so told."""
    terms = [_any(clause) for clause in query.wanted]
    if publishers and query.publishers:
        terms.append(by_provider(query.publishers))
    if query.providers:
        terms.append(by_provider(query.providers))
    found = " AND ".join(terms or [f'"{EVERY}"'])
    without = [_any(clause) for clause in query.unwanted]
    if query.unwanted_providers:
        without.append(by_provider(query.unwanted_providers))
    return f"({found}) NOT ({' OR '.join(without)})" if without else found


def by_provider(names: Iterable[Clause]) -> str:
    """What FTS5 is to match for pages of any of these publishers."""
    return f"(provider : ({' OR '.join(map(_any, names))}))"


def in_title(query: SearchQuery, asked: str) -> tuple[str, str]:
    """What FTS5 is to match for hits whose titles hold what was typed, or begin so."""
    typed = _quoted(query.typed)
    return f"(title : {typed}) AND ({asked})", f"(title : ^{typed}) AND ({asked})"


def each(clauses: Iterable[Clause]) -> list[str]:
    """What FTS5 is to match for each of these by itself."""
    return [_any(clause) for clause in clauses]


def _any(clause: Clause) -> str:
    # Words hold letters, marks and digits only: nothing in them ends a string.
    return f"({' OR '.join(_quoted(phrase) for phrase in clause.phrases)})"


def _quoted(phrase: Iterable[str]) -> str:
    return f'"{" ".join(phrase)}"'
