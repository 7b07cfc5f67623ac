"""What an editor sets of an article in place of what its drop says."""

from __future__ import annotations

from collections.abc import Mapping

from articles.library.decisions import edits_of
from articles.models import Decision
from articles.models.writing import writing
from articles.rules.canonical_url import InvalidUrl, shown_url
from articles.rules.edits import NONE, Edits, Picture, Value, spelled
from articles.rules.text.clean import clean_text
from articles.rules.text.slug import topic_key

from .acts import page_of, record_act
from .decisions import Author, NothingToDecide, Subject
from .sides import PageDecision

Kind = Decision.Kind
MOST_TOPICS = 20
LONGEST_HEADLINE, LONGEST_EXCERPT, LONGEST_TOPIC = 500, 5_000, 100
LONGEST_URL = 2_000


def edit(
    subject: Subject,
    wanted: Mapping[Kind, Value | None],
    *,
    by: Author = None,
    why: str = "",
) -> str:
    """Set words, picture or topics of an article; return the id of the act.

    None gives a field back to the drop. What stands already is not laid down again;
    raises NothingToDecide where nothing is left, or a value cannot be shown.
    """
    page = page_of(subject)
    asked = {kind: _checked(kind, value) for kind, value in wanted.items()}
    with writing():
        held = edits_of([page.pk]).get(page.pk, NONE)
        made = [
            PageDecision(kind, page, value=spelled(value))
            for kind, value in asked.items()
            if spelled(value) != spelled(value_of(held, kind))
        ]
        if not made:
            raise NothingToDecide("it says that already")
        return record_act(made, by=by, why=why)


def value_of(held: Edits, kind: Kind) -> Value | None:
    """What an editor set of one kind, if anything."""
    found: Value | None = getattr(held, kind.value)
    return found


def _checked(kind: Kind, value: Value | None) -> Value | None:
    """The value as it is kept; raises NothingToDecide for what cannot be shown."""
    if value is None:
        return None
    if isinstance(value, Picture):
        return _picture(value)
    if isinstance(value, str):
        return _words(kind, value)
    names = {topic_key(name): name for name in map(clean_text, value)}
    names.pop("", None)
    if len(names) > MOST_TOPICS:
        raise NothingToDecide(f"an article has at most {MOST_TOPICS} topics")
    if long := [name for name in names.values() if len(name) > LONGEST_TOPIC]:
        raise NothingToDecide(f"the topic “{long[0][:40]}…” is too long")
    return tuple(names.values())


def _words(kind: Kind, value: str) -> str:
    words = clean_text(value)
    most = LONGEST_HEADLINE if kind == Kind.HEADLINE else LONGEST_EXCERPT
    if kind == Kind.HEADLINE and not words:
        raise NothingToDecide("that title shows nothing")
    if len(words) > most:
        raise NothingToDecide(f"it is longer than {most} characters")
    return words


def _picture(value: Picture) -> Picture:
    if not value.url:
        return Picture("")
    try:
        url = shown_url(value.url)
    except InvalidUrl as error:
        raise NothingToDecide(f"the address of the picture {error}") from None
    if not url.startswith("https://") or len(url) > LONGEST_URL:
        raise NothingToDecide("the address of the picture must begin with https://")
    sizes = value.width, value.height
    if any(size is not None and not 0 < size < 100_000 for size in sizes):
        raise NothingToDecide("width and height are pixels")
    return Picture(url, *sizes)
