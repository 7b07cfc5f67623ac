"""The words that visible pages say, so that a misspelt one is put right."""

from __future__ import annotations

from django.db import models

LONGEST = 30  # letters


class SearchWord(models.Model):
    """A word that some visible page says; derived, written by `articles.search`.

    Words are folded, their endings left on. Each has an entry that says it: where that
    goes, the word has another one or goes, too, in the same transaction.
    """

    letters = models.CharField(max_length=LONGEST, unique=True)
    head = models.CharField(max_length=8, help_text="its length and first letters")
    core = models.CharField(max_length=8, help_text="its length and middle letters")
    tail = models.CharField(max_length=8, help_text="its length and last letters")
    entry = models.ForeignKey(
        "articles.SearchEntry",
        null=True,
        on_delete=models.SET_NULL,
        related_name="words",
        help_text="one that says it; none only until the transaction ends",
    )

    class Meta:
        indexes = [
            models.Index(fields=["head", "letters"], name="search_word_head"),
            models.Index(fields=["core", "letters"], name="search_word_core"),
            models.Index(fields=["tail", "letters"], name="search_word_tail"),
        ]

    def __str__(self) -> str:
        return self.letters
