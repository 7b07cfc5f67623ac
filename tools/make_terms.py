#!/usr/bin/env python3
"""Make the table of document counts that clustering weighs words with.

Usage: python tools/make_terms.py FOLDER ENGLISH [--general-only] > TABLE
       (TABLE is articles/clustering/data/terms-v2.txt)

FOLDER   drops (*.txt, *.md): counts the distinct pages, drops' own and related ones,
         whose title or excerpt uses a word.
ENGLISH  lines "word occurrences" of general English, such as
         frequency_dictionary_en_82_765.txt of the package symspellpy 6 (MIT licence;
         counts from Google Books Ngrams, CC BY 3.0). A word's frequency f becomes the
         share of documents of 45 words that use it, 1 - (1 - f) ** 45.

Each word gets the larger of its two shares, as a count in 20,000 documents. General
English alone misses what any news says ("announces"); one field's news alone finds
another field's plain words rare. Words of less than one document are left out: they
weigh as unknown ones. --general-only leaves the corpus out, to try how the weights
do in a field that the table has not seen.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from articles.clustering.term_table import format_table
from articles.clustering.terms import words
from articles.tests.clustering.corpus import read_corpus

VERSION = 2
DOCUMENTS = 20_000
WORDS_IN_A_DOCUMENT = 45
FEWEST_PAGES = 2


def main() -> None:
    """Read drops and English, print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("english", type=Path)
    options.add_argument("--general-only", action="store_true")
    given = options.parse_args()
    shares = english_shares(given.english)
    if not given.general_only:
        for word, share in corpus_shares(given.folder).items():
            shares[word] = max(share, shares.get(word, 0.0))
    sys.stdout.write(table_text(shares))


def table_text(shares: dict[str, float]) -> str:
    """The table of these shares of documents."""
    counts = {word: round(share * DOCUMENTS) for word, share in shares.items()}
    kept = {word: count for word, count in counts.items() if count}
    return format_table(kept, version=VERSION, documents=DOCUMENTS)


def english_shares(path: Path) -> dict[str, float]:
    """Stem -> share of documents of general English that use it."""
    occurrences: Counter[str] = Counter()
    for line in path.read_text(encoding="utf-8-sig").splitlines():
        word, count = line.split()
        for part in words(word):
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
        counts.update(set(words(page.title)) | set(words(page.excerpt)))
    return {w: n / len(pages) for w, n in counts.items() if n >= FEWEST_PAGES}


if __name__ == "__main__":
    main()
