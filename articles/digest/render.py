"""A digest as subject, plain text and HTML."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.dateformat import format as spelled

from articles.rules.text.columns import shortened

from .compose import Digest

SUBJECT = 100  # columns of the headline in it


@dataclass(frozen=True, slots=True)
class Body:
    """One mail as it is read. The text has lines of 72 columns, addresses apart."""

    subject: str
    text: str
    html: str


def render(digest: Digest, unsubscribe: str) -> Body:
    """Put a digest in words, for a reader who is rid of it at `unsubscribe`."""
    subject = _subject(digest)
    day = digest.day
    parts = f"{day.year:04}", f"{day.month:02}", f"{day.day:02}"
    said = {
        "digest": digest,
        "subject": subject,
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "edition_url": f"{settings.SITE_URL}{reverse('edition', args=parts)}",
        "unsubscribe": unsubscribe,
    }
    return Body(
        subject,
        render_to_string("articles/email/digest.txt", said).strip() + "\n",
        render_to_string("articles/email/digest.html", said).strip() + "\n",
    )


def _subject(digest: Digest) -> str:
    about = f", {shortened(digest.topic.name, 40)}" if digest.topic else ""
    headline = shortened(digest.stories[0].title, SUBJECT)
    return f"{spelled(digest.day, 'j F Y')}{about}: {headline}"
