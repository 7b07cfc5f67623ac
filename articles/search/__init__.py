"""Search, behind one face."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from articles.models import Page

MAX_WORDS = 12


def matching(words: str, within: QuerySet[Page]) -> QuerySet[Page]:
    """Pages whose title, excerpt or publisher hold every one of the words."""
    # NUL cannot be stored, so nothing holds it; some databases refuse to be asked.
    for word in words.replace("\0", " ").split()[:MAX_WORDS]:
        within = within.filter(
            Q(title__icontains=word)
            | Q(excerpt__icontains=word)
            | Q(provider__name__icontains=word)
        )
    return within
