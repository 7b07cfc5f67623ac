"""The drops themselves, byte for byte."""

from __future__ import annotations

from django.db import models


class Piece(models.Model):
    """A run of bytes that drops share: lists repeat each entry some forty times."""

    digest = models.BinaryField(max_length=16, unique=True)
    data = models.BinaryField(help_text="compressed by zlib")

    def __str__(self) -> str:
        return bytes(self.digest).hex()


class Drop(models.Model):
    """One source: a file by its path in the folder imported."""

    source_name = models.CharField(max_length=1000, unique=True)
    file_name = models.CharField(
        max_length=1000, help_text="as found, with its extension, for export"
    )
    current = models.OneToOneField(
        "articles.DropVersion",
        null=True,
        on_delete=models.SET_NULL,
        related_name="current_of",
    )

    def __str__(self) -> str:
        return self.file_name


class DropVersion(models.Model):
    """One state of a drop's bytes, as a list of pieces."""

    drop = models.ForeignKey(Drop, on_delete=models.CASCADE, related_name="versions")
    digest = models.BinaryField(max_length=32, help_text="SHA-256 of the raw bytes")
    size = models.PositiveIntegerField(help_text="bytes")
    pieces = models.BinaryField(help_text="piece ids in order: zlib of 32-bit integers")
    # The last run that brought these bytes: it orders the versions of a drop.
    import_run = models.ForeignKey(
        "articles.ImportRun", on_delete=models.PROTECT, related_name="versions"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["drop", "digest"], name="drop_version_once")
        ]

    def __str__(self) -> str:
        return f"version {self.pk} of {self.drop_id}"
