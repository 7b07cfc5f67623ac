"""The ways to count the stories that each value of a facet leaves.

Each is a statement over a table of pages, of which `k` is the story, or less than
nothing for a page without one, and `article` is the article.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import connection
from django.db.models import Case, IntegerField, Model, Value, When
from django.db.models.expressions import Combinable

from articles.models import ArticleTopic, StoryTopic, Topic


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a facet, and how many stories are left where it is chosen."""

    value: str
    name: str
    stories: int


@dataclass(frozen=True)
class FacetCount(ABC):
    """What all ways have; `column` is what of a page is counted by, if anything."""

    nothing: ClassVar[str] = "0"  # an SQL value of the type of the column

    column: str | Combinable | None = None

    @abstractmethod
    def statement(self, kind: str, table: str, column: str) -> str:
        """Selects the constant `kind`, a value, its name, and how many stories.

        `column` is that of `table` which has what is counted by.
        """

    def options(self, counted: Sequence[Option]) -> list[Option]:
        """What readers may choose, of all that was counted."""
        return [option for option in counted if option.stories]


@dataclass(frozen=True)
class ByValue(FacetCount):
    """By a text that each page has one of."""

    nothing = "''"

    def statement(self, kind: str, table: str, column: str) -> str:
        return (
            f"SELECT '{kind}', {column}, '', COUNT(DISTINCT k) "
            f"FROM {table} GROUP BY {column}"
        )


@dataclass(frozen=True)
class Meeting(FacetCount):
    """Those with a page that meets a condition, as the value 1."""

    @classmethod
    def of(cls, condition: Any) -> Meeting:
        met = When(condition, then=Value(1))
        return cls(Case(met, default=Value(0), output_field=IntegerField()))

    def statement(self, kind: str, table: str, column: str) -> str:
        return (
            f"SELECT '{kind}', '1', '', COUNT(DISTINCT k) "
            f"FROM {table} WHERE {column} = 1"
        )


@dataclass(frozen=True, kw_only=True)
class AtLeast(FacetCount):
    """By a number that stories have, at each step those with at least so many."""

    steps: tuple[int, ...]

    def statement(self, kind: str, table: str, column: str) -> str:
        value = f"CAST({column} AS VARCHAR(10))"
        return (
            f"SELECT '{kind}', {value}, '', COUNT(DISTINCT k) "
            f"FROM {table} WHERE k > 0 GROUP BY {value}"
        )

    def options(self, counted: Sequence[Option]) -> list[Option]:
        numbers = [(int(option.value), option.stories) for option in counted]
        return super().options(
            [
                Option(str(step), "", sum(n for number, n in numbers if number >= step))
                for step in self.steps
            ]
        )


@dataclass(frozen=True, kw_only=True)
class ByRow(FacetCount):
    """By a named row of another table that each page has a key of."""

    model: type[Model]
    value: str  # its field that stands in addresses

    def statement(self, kind: str, table: str, column: str) -> str:
        return f"""
            SELECT '{kind}', named.{self.value}, named.name, counted.stories FROM (
                SELECT {column} AS row_id, COUNT(DISTINCT k) AS stories
                FROM {table} GROUP BY {column}
            ) counted JOIN {_table(self.model)} named ON named.id = counted.row_id"""


@dataclass(frozen=True)
class ByTopic(FacetCount):
    """Stories by their labels; pages that stand alone by their articles'."""

    def statement(self, kind: str, table: str, column: str) -> str:
        labelled = f"""
            SELECT label.topic_id FROM (SELECT DISTINCT k FROM {table}) found
            JOIN {_table(StoryTopic)} label ON label.story_id = found.k"""
        own = f"""
            UNION ALL SELECT label.topic_id FROM {table} found
            JOIN {_table(ArticleTopic)} label ON label.article_id = found.article
            WHERE found.k < 0"""
        return f"""
            SELECT '{kind}', named.slug, named.name, counted.stories FROM (
                SELECT topic_id, COUNT(*) AS stories
                FROM ({labelled} {own}) labels GROUP BY topic_id
            ) counted JOIN {_table(Topic)} named ON named.id = counted.topic_id"""


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)
