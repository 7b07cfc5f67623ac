#!/usr/bin/env python3
"""Make the table of document counts that clustering weighs words with.

Usage: python tools/make_terms.py FOLDER ENGLISH STOPWORDS [--general-only] > TABLE
       (TABLE is articles/clustering/data/terms-v3.txt)

FOLDER   drops (*.txt, *.md): counts the distinct pages, drops' own and related ones,
         whose title or excerpt uses a word.
ENGLISH  lines "word occurrences" of general English, such as
         frequency_dictionary_en_82_765.txt of the package symspellpy 6 (MIT licence;
         counts from Google Books Ngrams, CC BY 3.0). A word's frequency f becomes the
         share of documents of 45 words that use it, 1 - (1 - f) ** 45.
STOPWORDS  JSON, language -> words, such as stopwords-iso.json of the package
         stopwordsiso 0.7 (MIT licence): of a language without counts at least those
         words that nearly every text uses, in a quarter of all documents. Those
         in ASCII letters are left out.

Each word gets the larger of its first two shares, as a count in 20,000 documents; what
has neither may have the third. General English alone misses what any news says
("announces"); one field's news alone finds another field's plain words rare. Words of
less than one document are left out: they weigh as unknown ones. --general-only leaves
the corpus out, to try how the weights do in a field that the table has not seen.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from articles.clustering.term_table import format_table
from articles.rules.text.terms import forms
from articles.tests.clustering.corpus import read_corpus

VERSION = 3
DOCUMENTS = 20_000
WORDS_IN_A_DOCUMENT = 45
FEWEST_PAGES = 2
SHARE_OF_STOPWORDS = 0.25
# The table has room for these: one language or more of each script, and large ones.
LANGUAGES = (
    *("ar", "bg", "bn", "cs", "da", "de", "el", "es", "fa", "fi", "fr", "gu", "he"),
    *("hi", "hu", "hy", "id", "it", "ja", "ko", "mr", "nl", "no", "pl", "pt", "ro"),
    *("ru", "sk", "sv", "th", "tr", "uk", "ur", "vi", "zh"),
)


def main() -> None:
    """Read drops and English, print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("english", type=Path)
    options.add_argument("stopwords", type=Path)
    options.add_argument("--general-only", action="store_true")
    given = options.parse_args()
    shares = english_shares(given.english)
    stopwords = stopword_shares(given.stopwords)
    if not given.general_only:
        for word, share in corpus_shares(given.folder).items():
            shares[word] = max(share, shares.get(word, 0.0))
    sys.stdout.write(table_text(stopwords | known(shares)))


def table_text(shares: dict[str, float]) -> str:
    """The table of these shares of documents."""
    counts = {word: round(share * DOCUMENTS) for word, share in shares.items()}
    kept = {word: count for word, count in counts.items() if count}
    return format_table(kept, version=VERSION, documents=DOCUMENTS)


def known(shares: dict[str, float]) -> dict[str, float]:
    """The shares of words that at least one document uses."""
    return {word: share for word, share in shares.items() if share * DOCUMENTS >= 0.5}


def stopword_shares(path: Path) -> dict[str, float]:
    """Form -> the one share that all stop words are given.

    Those in ASCII letters are left out: in English texts they are names ("sap", "era").
    """
    languages = json.loads(path.read_text(encoding="utf-8"))
    return {
        form: SHARE_OF_STOPWORDS
        for language in LANGUAGES
        for word in languages[language]
        for form in forms(word)
        if not form.isascii()
    }


def english_shares(path: Path) -> dict[str, float]:
    """Stem -> share of documents of general English that use it."""
    occurrences: Counter[str] = Counter()
    for line in path.read_text(encoding="utf-8-sig").splitlines():
        word, count = line.split()
        for part in forms(word):
            occurrences[part] += int(count)
    total = occurrences.total()
    return {
        word: 1.0 - (1.0 - count / total) ** WORDS_IN_A_DOCUMENT
        for word, count in occurrences.items()
    }


def corpus_shares(folder: Path) -> dict[str, float]:
    """Stem -> share of the pages under a folder that use it."""
    paths = [path for path in folder.rglob("*") if path.suffix in {".txt", ".md"}]
    pages = read_corpus(paths).pages
    counts: Counter[str] = Counter()
    for page in pages:
        counts.update(set(forms(page.title)) | set(forms(page.excerpt)))
    return {w: n / len(pages) for w, n in counts.items() if n >= FEWEST_PAGES}


if __name__ == "__main__":
    main()
