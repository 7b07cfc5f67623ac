"""The raw bytes of every version of every drop, shared pieces stored once."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b, sha256

from articles.models import Drop, DropVersion, ImportRun, Piece
from articles.models.bulk import among, chunks, create_rows, insert_rows, save_fields

LEVEL = 9


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file as it came: `pieces` joined are its bytes, `digest` is theirs."""

    source_name: str
    file_name: str
    digest: bytes
    size: int
    pieces: tuple[bytes, ...]


def digest_of(raw: bytes) -> bytes:
    """32 bytes that tell one version of a drop from another."""
    return sha256(raw).digest()  # the fastest of the strong ones on today's machines


def keep(arrivals: Sequence[Arrival], *, run: ImportRun) -> None:
    """Store these versions and make them their drops' current ones."""
    piece_ids = _piece_ids({piece for one in arrivals for piece in one.pieces})
    drops = _drops(arrivals)
    held = _versions(drops.values())
    named = {one: (drops[one.source_name].pk, one.digest) for one in arrivals}
    again = [held[key] for key in named.values() if key in held]
    DropVersion.objects.filter(pk__in=among(again)).update(import_run=run)
    new = {one: key for one, key in named.items() if key not in held}
    keys = insert_rows(
        DropVersion,
        ("drop", "digest", "size", "pieces", "import_run"),
        (
            (
                drop,
                digest,
                one.size,
                _packed(piece_ids[piece] for piece in one.pieces),
                run.pk,
            )
            for one, (drop, digest) in new.items()
        ),
    )
    held |= zip(new.values(), keys, strict=True)
    for one in arrivals:
        drop = drops[one.source_name]
        drop.current_id = held[drop.pk, one.digest]
        drop.file_name = one.file_name
    save_fields(list(drops.values()), ["current", "file_name"])


def raw_bytes(version: DropVersion) -> bytes:
    """The file of this version, byte for byte."""
    ids = piece_ids(version)
    held = {
        piece.pk: piece.data
        for some in chunks(set(ids))
        for piece in Piece.objects.filter(pk__in=among(some))
    }
    return b"".join(zlib.decompress(held[pk]) for pk in ids)


def _drops(arrivals: Sequence[Arrival]) -> dict[str, Drop]:
    names = {one.source_name: one.file_name for one in arrivals}
    held = Drop.objects.in_bulk(list(names), field_name="source_name")
    new = create_rows(
        Drop(source_name=source, file_name=file)
        for source, file in names.items()
        if source not in held
    )
    return held | {drop.source_name: drop for drop in new}


def _versions(drops: Iterable[Drop]) -> dict[tuple[int, bytes], int]:
    """The primary key of every held version of these drops, by drop and digest."""
    rows = DropVersion.objects.filter(drop__in=among(drop.pk for drop in drops))
    return {
        (drop, bytes(digest)): pk
        for drop, digest, pk in rows.values_list("drop", "digest", "pk")
    }


def _piece_ids(pieces: Iterable[bytes]) -> dict[bytes, int]:
    """The primary key of each piece, new ones stored."""
    by_digest = {blake2b(piece, digest_size=16).digest(): piece for piece in pieces}
    found: dict[bytes, int] = {}
    for some in chunks(by_digest):
        rows = Piece.objects.filter(digest__in=some).values_list("digest", "pk")
        held = {bytes(digest): pk for digest, pk in rows}
        new = [digest for digest in some if digest not in held]
        keys = insert_rows(
            Piece,
            ("digest", "data"),
            ((digest, zlib.compress(by_digest[digest], LEVEL)) for digest in new),
        )
        held |= zip(new, keys, strict=True)
        found |= {by_digest[digest]: pk for digest, pk in held.items()}
    return found


def _packed(ids: Iterable[int]) -> bytes:
    held = list(ids)
    return zlib.compress(struct.pack(f"<{len(held)}I", *held), LEVEL)


def piece_ids(version: DropVersion) -> tuple[int, ...]:
    """The primary keys of a version's pieces, in order."""
    held = zlib.decompress(version.pieces)
    return struct.unpack(f"<{len(held) // 4}I", held)
