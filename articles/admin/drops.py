"""A drop as it came, in all its versions, without what must never be shown."""

from __future__ import annotations

from dataclasses import dataclass

from articles.drops.masking import mask_secured
from articles.ingest.storing.drop_store import raw_bytes
from articles.ingest.undoing.refusals import refused
from articles.models import Article, Drop, DropVersion
from articles.rules.text.clean import printable


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version of a drop."""

    version: DropVersion
    is_current: bool
    is_aside: bool
    is_shown: bool


@dataclass(frozen=True, slots=True)
class DropText:
    """The text of one version, None where it must not be shown, and all versions."""

    file_name: str
    text: str | None
    versions: tuple[VersionLine, ...]


def drop_as_it_came(article: Article, version: str) -> DropText | None:
    """The drop of an article; the version of this pk, else the current one."""
    drop = Drop.objects.filter(source_name=article.source_name).first()
    if drop is None:
        return None
    held = list(
        drop.versions.select_related("import_run").order_by("-import_run", "-pk")
    )
    wanted = next((one for one in held if str(one.pk) == version), None)
    current = next((one for one in held if one.pk == drop.current_id), None)
    shown = wanted or current or next(iter(held), None)
    name_of = {one.pk: (drop.source_name, bytes(one.digest).hex()) for one in held}
    aside = refused(name_of.values())
    lines = tuple(
        VersionLine(one, one == current, name_of[one.pk] in aside, one == shown)
        for one in held
    )
    text = mask_secured(raw_bytes(shown)) if shown else None
    text = None if text is None else printable(text, keep="\n\t")
    return DropText(drop.file_name, text, lines)
