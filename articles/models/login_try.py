"""Wrong passwords of the last minutes, for the throttle of logins."""

from __future__ import annotations

from django.db import models


class LoginTry(models.Model):
    """A password that is being checked, or was wrong.

    Neither the account nor the address can be read from it: people also type
    passwords where the name belongs.
    """

    pair = models.CharField(max_length=64, help_text="digest of account and address")
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["pair", "at"], name="login_try_of_pair"),
            models.Index(fields=["at"], name="login_try_by_age"),
        ]
        verbose_name_plural = "login tries"

    def __str__(self) -> str:
        return f"wrong password, {self.at:%Y-%m-%d %H:%M}"
