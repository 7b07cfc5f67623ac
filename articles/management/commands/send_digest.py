"""Send the edition of a day by mail."""

from __future__ import annotations

import argparse
import sys
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone

from articles.digest import (
    Digest,
    InvalidAddress,
    Mailbox,
    NotSent,
    compose,
    mailbox,
    message,
    render,
    send,
    topic_called,
    unsubscribe_link,
)
from articles.management.site_command import SiteCommand
from articles.models import Topic

EPILOG = """exit codes: 0 all sent, or there was nothing to send; 1 a mail was refused
(the others are sent); 2 wrong usage or settings, nothing was sent"""
EARLIEST = date(1970, 1, 1)


class Command(SiteCommand):
    help = "Mail the stories that began on a day, the best first."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.epilog = EPILOG
        parser.add_argument(
            "--to",
            required=True,
            action="append",
            metavar="ADDRESS",
            help="whom to send it to; may be given several times, one mail each",
        )
        parser.add_argument(
            "--date",
            required=True,
            metavar="DAY",
            help="2020-01-24, or yesterday: a day in TIME_ZONE that is over",
        )
        parser.add_argument(
            "--topic", help="slug or name: only stories with this topic"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        day = _day(options["date"])
        sender = _mailbox(settings.DIGEST_FROM, "DIGEST_FROM")
        readers = [_mailbox(text, "--to") for text in dict.fromkeys(options["to"])]
        links = {reader: _unsubscribe(reader, sender) for reader in readers}
        topic = _topic(options["topic"]) if options["topic"] is not None else None
        digest = compose(day, topic)
        if digest is None:
            of = f" with the topic {topic.name}" if topic else ""
            sys.stderr.write(f"Nothing to send: no story{of} began on {day}.\n")
            return
        refused = [
            reader
            for reader, link in links.items()
            if not self._sent(digest, link, reader=reader, sender=sender)
        ]
        if refused:
            sys.exit(1)

    def _sent(
        self, digest: Digest, link: str, *, reader: Mailbox, sender: Mailbox
    ) -> bool:
        body = render(digest, link)
        mail = message(body, digest.day, reader=reader, sender=sender, unsubscribe=link)
        try:
            send(mail, reader=reader.address, sender=sender.address)
        except NotSent as error:
            self.stderr.write(f"{reader.address}: not sent: {error}")
            return False
        held, of = len(digest.stories), digest.figures.stories
        sys.stderr.write(
            f"{reader.address}: sent, {held} of {of} stories of {digest.day}.\n"
        )
        return True


def _day(text: str) -> date:
    if text == "yesterday":
        return timezone.localdate() - timedelta(days=1)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise CommandError(
            f"--date: {text!r} is no day; give one like 2020-01-24", returncode=2
        )
    if day < EARLIEST:
        raise CommandError("--date: no mail can be dated before 1970", returncode=2)
    return day


def _mailbox(text: str, given: str) -> Mailbox:
    try:
        return mailbox(text)
    except InvalidAddress as error:
        raise CommandError(f"{given}: {text!r}: {error}", returncode=2) from None


def _unsubscribe(reader: Mailbox, sender: Mailbox) -> str:
    try:
        return unsubscribe_link(settings.DIGEST_UNSUBSCRIBE, reader, sender)
    except InvalidAddress as error:
        raise CommandError(f"DIGEST_UNSUBSCRIBE: {error}", returncode=2) from None


def _topic(text: str) -> Topic:
    topic = topic_called(text)
    if topic is None:
        raise CommandError(f"--topic: no topic is called {text!r}", returncode=2)
    return topic
