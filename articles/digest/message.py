"""A digest as a mail, the same bytes for the same data."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, tzinfo
from email.message import EmailMessage
from email.policy import SMTP, Policy
from email.utils import format_datetime

from django.utils import timezone

from . import headers
from .addresses import Mailbox
from .render import Body

# Quoted-printable lines end at 76 characters, where headers may have 78.
_POLICY = SMTP.clone(max_line_length=76)


class Mail(EmailMessage):
    """A message that spells its bytes the way Django's backends ask for them."""

    def as_bytes(
        self,
        unixfrom: bool = False,
        policy: Policy | None = None,
        linesep: str = "\n",
    ) -> bytes:
        return super().as_bytes(unixfrom, policy or self.policy.clone(linesep=linesep))


def message(
    body: Body, day: date, *, reader: Mailbox, sender: Mailbox, unsubscribe: str
) -> Mail:
    """The mail of a day's digest. Its date is the end of that day."""
    digest = _digest(body, day, reader, sender, unsubscribe)
    mail = Mail(policy=_POLICY)
    mail["From"] = headers.one_mailbox("From", sender)
    mail["To"] = headers.one_mailbox("To", reader)
    mail["Subject"] = headers.words("Subject", body.subject)
    mail["Date"] = format_datetime(_end_of(day, timezone.get_current_timezone()))
    mail["Message-ID"] = headers.Folded(
        f"<{day.isoformat()}.{digest}@{sender.domain}>", "Message-ID"
    )
    mail["Auto-Submitted"] = "auto-generated"
    mail["List-Unsubscribe"] = headers.Folded(f"<{unsubscribe}>", "List-Unsubscribe")
    if unsubscribe.startswith("https://"):
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(body.text, cte="quoted-printable")
    mail.add_alternative(body.html, subtype="html", cte="quoted-printable")
    for part in mail.iter_parts():
        del part["MIME-Version"]  # only a whole mail has one
    # Where `=` stands for itself it is encoded, so no part can hold this line.
    mail.set_boundary(f"=_{digest}")
    return mail


def _digest(body: Body, day: date, *others: object) -> str:
    hashed = "\0".join(map(str, (body, day, *others)))
    return hashlib.blake2b(hashed.encode(), digest_size=16).hexdigest()


def _end_of(day: date, zone: tzinfo) -> datetime:
    return datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=zone)
