"""What each table of the app holds, column by column, and how a copy has it.

Expressions are SQL with named parameters: `mark` and `called` begin the names of the
copy, `pmark` and `pcalled` those of its publishers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.conf import settings

from .made_words import MARK

Expression = Callable[[str], str]  # of the name of a column, in SQL


def same(column: str) -> str:
    return column


def words(column: str) -> str:
    """A text with the names of the copy."""
    return f"replace(replace({column}, '{MARK}', :mark), '{MARK.title()}', :called)"


def address(column: str) -> str:
    return f"replace({column}, 'copy0', :copy)"


def renamed(column: str) -> str:
    """The name or domain of a publisher that is another in the copy."""
    lower = f"replace({column}, '{MARK}', :pmark)"
    return f"replace({lower}, '{MARK.title()}', :pcalled)"


def of_publisher(column: str) -> str:
    """The same, by `provider_id` of the row."""
    return f"CASE WHEN provider_id % 2 = 0 THEN {renamed(column)} ELSE {column} END"


def fresh(column: str) -> str:
    """A digest that no other copy has."""
    return f"fresh({column}, :number)"


def empty(column: str) -> str:
    """Left for settling to fill."""
    return "''"


def _founders_id(column: str) -> str:
    return (
        "(SELECT public_id FROM articles_page page WHERE page.id = "
        "articles_story.founder_id + :articles_page)"
    )


def _storys_id(column: str) -> str:
    return (
        "(SELECT public_id FROM articles_story story WHERE story.id = "
        "articles_storytopic.story_id + :articles_story)"
    )


_SAID = ("kind", "act", "undone_by", "digest", "author", "why", "place", "address")
_URLS = ("canonical_url", "amp_key", "cdn_amp_key", "url")
_GIVEN_URLS = ("web_url", "amp_url", "cdn_amp_url")
_TEXT: dict[str, Expression] = {"title": words, "excerpt": words, "type": same}
_ADDRESSES: dict[str, Expression] = dict.fromkeys((*_URLS, *_GIVEN_URLS), address)

# Models whose rows are the same for all copies. No misspelt word is put right by the
# names that later copies alone have; what is suggested of copies settling finds out.
SHARED = {"Topic", "ImportRun", "LoginTry", "Publication", "SearchWord", "Suggestion"}

# Models whose rows are counted when all copies are there, as are the counts that
# topics and publishers have.
COUNTED = {"Totals", "Day", "TopicDay", "ProviderDay"}

# What the columns of the others hold, save keys, moments and numbers. Moments given
# as `same` are not those of the news.
COPIED: Mapping[str, Mapping[str, Expression]] = {
    "Provider": {"domain": renamed, "name": renamed},
    "Page": {
        "canonical_url": address,
        "key_id": lambda column: f"page_id({address('canonical_url')})",
        "public_id": lambda column: (
            "COALESCE((SELECT public_id FROM articles_article article WHERE "
            "article.id = articles_page.article_id + :articles_article), "
            f"page_id({address('canonical_url')}))"
        ),
        "url": address,
        "image_url": address,
        "drop_title": words,
        "drop_excerpt": words,
        **_TEXT,
    },
    "Article": {
        "source_name": address,
        "public_id": lambda column: f"article_id({address('source_name')})",
        "original_url": address,
        "featured_content": same,
        "drop_topics": same,
        "provider_name": of_publisher,
        "category": same,
        "imported_at": same,
        **_ADDRESSES,
        **_TEXT,
    },
    "RelatedLink": {
        "digest": fresh,
        "provider_name": of_publisher,
        **_ADDRESSES,
        **_TEXT,
    },
    "Mention": {},
    "Image": {"url": address, "title": words},
    "ArticleTopic": {"name": same},
    "Story": {
        "public_id": _founders_id,
        "title": words,
        "judged": lambda column: "0",
        "score": lambda column: f"{column} + :days * 24.0 / {settings.HALF_LIFE}",
    },
    "StoryTopic": {"public_id": _storys_id},
    "StoryProvider": {},
    "QueuedStory": {
        "public_id": lambda column: (
            "(SELECT held.public_id FROM articles_story held "
            "WHERE held.id = articles_queuedstory.story_id + :articles_story)"
        ),
        "score": lambda column: f"{column} + :days * 24.0 / {settings.HALF_LIFE}",
    },
    "RenderedStory": dict.fromkeys(
        ("made_by", "glance", "dense", "card", "shape", "body"), empty
    ),
    "Posting": {
        "key": lambda column: (
            f"(CAST({column} AS INTEGER) + :buckets) || "
            + words(f"substr({column}, instr({column}, ':'))")
        )
    },
    "SearchEntry": {
        "digest": lambda column: (
            "(SELECT search_digest(page.published_at, page.title, page.excerpt,"
            " called.name, called.domain) FROM articles_page page"
            " JOIN articles_provider called ON called.id = page.provider_id"
            " WHERE page.id = articles_searchentry.page_id + :articles_page)"
        )
    },
    "Piece": {"digest": fresh, "data": same},
    "Drop": {"source_name": address, "file_name": address},
    "DropVersion": {
        "digest": fresh,
        "pieces": lambda column: f"shifted({column}, :articles_piece)",
    },
    "Decision": {
        "source_name": address,
        "canonical_url": address,
        "other_source": address,
        "other_url": address,
        "value": words,
        "at": same,
        "undone_at": same,
        **dict.fromkeys(_SAID, same),
    },
    "Alias": {"public_id": lambda column: f"fresh({column}, :number)"},
}
