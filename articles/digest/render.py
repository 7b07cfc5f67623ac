"""A digest as subject, plain text and HTML."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from articles.rules.dates import day_in_words
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
    segments = f"{day.year:04}", f"{day.month:02}", f"{day.day:02}"
    context = {
        "digest": digest,
        "subject": subject,
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "edition_url": f"{settings.SITE_URL}{reverse('edition', args=segments)}",
        "unsubscribe": unsubscribe,
    }
    return Body(
        subject,
        render_to_string("articles/email/digest.txt", context).strip() + "\n",
        render_to_string("articles/email/digest.html", context).strip() + "\n",
    )


def _subject(digest: Digest) -> str:
    about = f", {shortened(digest.topic.name, 40)}" if digest.topic else ""
    headline = shortened(digest.stories[0].title, SUBJECT)
    return f"{day_in_words(digest.day)}{about}: {headline}"
