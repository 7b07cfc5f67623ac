"""Mail handed to the server that the settings name."""

from __future__ import annotations

import smtplib

from django.core.mail import EmailMessage, get_connection

from articles.rules.text.columns import one_line

from .message import Mail


class NotSent(Exception):
    """The server, or the way to it, refused a mail; the reason is one line."""


def send(mail: Mail, *, reader: str, sender: str) -> None:
    """Send one mail to one reader, or raise NotSent."""
    try:
        get_connection().send_messages([_Made(mail, reader=reader, sender=sender)])
    except (smtplib.SMTPException, OSError) as error:
        raise NotSent(_reason(error)) from error


class _Made(EmailMessage):
    """What Django's backends send, where the message itself is made already."""

    def __init__(self, mail: Mail, *, reader: str, sender: str) -> None:
        super().__init__(from_email=sender, to=[reader])
        self.mail = mail

    def message(self) -> Mail:  # type: ignore[override]
        return self.mail


def _reason(error: Exception) -> str:
    """What the server said, or what Python did, on one line."""
    answer: tuple[int, bytes | str] | None = None
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        answer = next(iter(error.recipients.values()))
    elif isinstance(error, smtplib.SMTPResponseException):
        answer = error.smtp_code, error.smtp_error
    if answer is None:
        return one_line(str(error)) or type(error).__name__
    code, said = answer
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return one_line(f"{code} {text}")
