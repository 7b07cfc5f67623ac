"""The table of all filters: a filter is defined here, and nowhere else.

The form, the conditions in force, the refusals, the facets and the feeds read it. The
order of the entries is that of the parameters in addresses.
"""

from __future__ import annotations

from articles.models import Provider
from articles.rendering.summaries import HAS_PICTURE
from articles.selectors.facet_counts import AtLeast, ByRow, ByTopic, ByValue, Meeting

from . import conditions
from .filter import Filter
from .spelling import folded_domain, folded_slug
from .values import Check, Choice, Day, Names, Number, Steps, Words

WORDS = "q"
FIRST_DAY, LAST_DAY = "since", "until"
TOPIC, PUBLISHER = "topic", "provider"
_PUBLISHERS = Steps((2, 3, 5, 10))

FILTERS = (
    Filter(
        name=WORDS,
        label="Words",
        chip="Words: {}",
        phrase="with “{}”",
        values=Words(),
        on_pages=conditions.with_words,
    ),
    Filter(
        name=TOPIC,
        label="Topic",
        chip="Topic: {}",
        phrase="on {}",
        values=Names(
            of="topic",
            plural="topics",
            index="topics",
            folded=folded_slug,
            refusal="is not a topic here. Topics lists them all.",
        ),
        on_pages=conditions.on_topics,
        on_stories=conditions.stories_on_topics,
        way_in=conditions.keys_on_topics,
        facet=ByTopic(),
    ),
    Filter(
        name=PUBLISHER,
        label="Publisher",
        chip="Publisher: {}",
        phrase="from {}",
        values=Names(
            of="provider",
            plural="publishers",
            index="providers",
            folded=folded_domain,
            refusal="is not a publisher here. Give a domain such as example.com; "
            "Publishers lists them all.",
            most=40,
        ),
        on_pages=conditions.of_publishers,
        way_in=conditions.keys_of_publishers,
        facet=ByRow("provider_id", model=Provider, value="domain"),
    ),
    Filter(
        name=FIRST_DAY,
        label="From",
        chip="From {}",
        phrase="since {}",
        values=Day(),
        on_pages=conditions.from_day,
    ),
    Filter(
        name=LAST_DAY,
        label="Until",
        chip="Until {}",
        phrase="until {}",
        values=Day(),
        on_pages=conditions.to_day,
    ),
    Filter(
        name="min_quality",
        label="Minimum quality",
        chip="Quality: {} or more",
        phrase="with quality {} or more",
        values=Number(-1000, 100_000),
        on_pages=conditions.of_quality,
        way_in=conditions.keys_of_quality,
    ),
    Filter(
        name="type",
        label="Type",
        chip="Type: {}",
        phrase="of type {}",
        values=Choice(("article", "video")),
        on_pages=conditions.of_type,
        facet=ByValue("type"),
    ),
    Filter(
        name="has_image",
        label="With a picture",
        chip="With a picture",
        phrase="with a picture",
        values=Check("a picture"),
        on_pages=conditions.with_picture,
        facet=Meeting.of(HAS_PICTURE),
    ),
    Filter(
        name="coverage",
        label="Publishers per story",
        chip="{} or more publishers",
        phrase="from {} or more publishers",
        values=_PUBLISHERS,
        on_pages=conditions.covered_by,
        on_stories=conditions.stories_covered_by,
        way_in=conditions.keys_covered_by,
        facet=AtLeast("story__provider_count", steps=_PUBLISHERS.numbers),
    ),
)
BY_NAME = {entry.name: entry for entry in FILTERS}
FACETS = {entry.name: entry.facet for entry in FILTERS if entry.facet}
