"""A drop as it came, in all its versions, without what must never be shown."""

from __future__ import annotations

from dataclasses import dataclass

from articles.drops.masking import mask_secured
from articles.ingest.storing.drop_store import raw_bytes
from articles.ingest.undoing.refusals import refused
from articles.models import Article, Drop, DropVersion
from articles.rules.text.clean import printable
from articles.rules.text.difference import Difference, difference

MOST_VERSIONS = 100  # the newest, that are listed


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version of a drop."""

    version: DropVersion
    is_current: bool
    is_aside: bool
    is_shown: bool
    is_against: bool
    earlier: DropVersion | None  # the one before it


@dataclass(frozen=True, slots=True)
class DropText:
    """The text of one version, None where it must not be shown, and all versions.

    Where it is compared with another, `changes` is what became of that one's text;
    None where one of them must not be shown.
    """

    file_name: str
    text: str | None
    versions: tuple[VersionLine, ...]
    more: bool  # whether there are more versions
    is_compared: bool = False
    changes: Difference | None = None


def drop_as_it_came(article: Article, version: str, against: str) -> DropText | None:
    """The drop of an article; the version of this pk, else the current one.

    `against` is the pk of the version that it is compared with, or "".
    """
    drop = Drop.objects.filter(source_name=article.source_name).first()
    if drop is None:
        return None
    newest = drop.versions.select_related("import_run").order_by("-import_run", "-pk")
    held = list(newest.defer("pieces", "import_run__problems")[: MOST_VERSIONS + 1])
    more, held = len(held) > MOST_VERSIONS, held[:MOST_VERSIONS]
    by_pk = {str(one.pk): one for one in held}
    current = by_pk.get(str(drop.current_id))
    shown = by_pk.get(version) or current or next(iter(held), None)
    other = by_pk.get(against)
    text = _shown(shown)
    compared = other is not None and other != shown
    old = _shown(other) if compared else None
    changes = None if text is None or old is None else difference(old, text)
    lines = _lines(drop, held, shown, other if compared else None)
    return DropText(drop.file_name, text, lines, more, compared, changes)


def _lines(
    drop: Drop,
    held: list[DropVersion],
    shown: DropVersion | None,
    against: DropVersion | None,
) -> tuple[VersionLine, ...]:
    name_of = {one.pk: (drop.source_name, bytes(one.digest).hex()) for one in held}
    aside = refused(name_of.values())
    earlier = [*held[1:], None]
    return tuple(
        VersionLine(
            one,
            is_current=one.pk == drop.current_id,
            is_aside=name_of[one.pk] in aside,
            is_shown=one == shown,
            is_against=one == against,
            earlier=before,
        )
        for one, before in zip(held, earlier, strict=True)
    )


def _shown(version: DropVersion | None) -> str | None:
    """The text of a version, masked; None where it does not parse."""
    masked = mask_secured(raw_bytes(version)) if version else None
    return None if masked is None else printable(masked, keep="\n\t")
