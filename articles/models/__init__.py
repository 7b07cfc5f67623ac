"""The models, by the names of the glossary."""

from __future__ import annotations

from .alias import Alias
from .article import Article
from .counts import Day, ProviderDay, TopicDay, Totals
from .decision import Decision
from .drop import Drop, DropVersion, Piece
from .image import Image
from .import_run import ImportRun
from .login_try import LoginTry
from .page import LinkedPage, Page, Stale
from .posting import Posting
from .provider import Provider
from .publication import Publication
from .queued_story import QueuedStory
from .related_link import Mention, RelatedLink
from .rendered_story import RenderedStory
from .search_entry import SearchEntry
from .search_word import SearchWord
from .story import Story, StoryProvider, StoryTopic
from .suggestion import Suggestion
from .topic import ArticleTopic, Topic

__all__ = [
    "Alias",
    "Article",
    "ArticleTopic",
    "Day",
    "Decision",
    "Drop",
    "DropVersion",
    "Image",
    "ImportRun",
    "LinkedPage",
    "LoginTry",
    "Mention",
    "Page",
    "Piece",
    "Posting",
    "Provider",
    "ProviderDay",
    "Publication",
    "QueuedStory",
    "RelatedLink",
    "RenderedStory",
    "SearchEntry",
    "SearchWord",
    "Stale",
    "Story",
    "StoryProvider",
    "StoryTopic",
    "Suggestion",
    "Topic",
    "TopicDay",
    "Totals",
]
