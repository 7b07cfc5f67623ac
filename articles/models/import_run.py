"""What each import did."""

from __future__ import annotations

from django.db import models


class ImportRun(models.Model):
    """The record of one import: when, what came, and what was wrong with it."""

    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    files = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list)

    class Meta:
        permissions = [("can_see_health", "Can see what is wrong with the site")]

    def __str__(self) -> str:
        return f"import {self.pk}"
