"""Headlines, folded for comparing."""

from __future__ import annotations

import unicodedata

from articles.rules.text.clean import clean_text


def fold_headline(title: str) -> str:
    """Return the words of a title without case, accents and punctuation.

    Two titles that fold to one text read the same. A title without any letter or
    digit folds to "".
    """
    apart = unicodedata.normalize("NFKD", clean_text(title).casefold())
    apart = apart.replace("'", "").replace("\u2019", "")
    bare = (c for c in apart if unicodedata.category(c) != "Mn")
    return " ".join("".join(c if c.isalnum() else " " for c in bare).split())
