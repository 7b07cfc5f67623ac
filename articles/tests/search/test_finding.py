"""Which pages a question finds."""

from __future__ import annotations

import random

import pytest
from django.db import connection

from articles.models import ArticleTopic, Page
from articles.rules.text.words import read_words
from articles.search import (
    best_hits,
    newest_hits,
    parse,
    unknown_names,
)
from articles.settle import settle
from articles.tests.make import NOW, make_article, make_topic, name_page

from .asking import best, found
from .making import made
from .odd_questions import ODD

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="asks the index"),
]


@pytest.mark.parametrize(
    ("title", "questions"),
    [
        ("COVID-19 tests", ["covid 19", "covid19", "covid–19", "COVID - 19 test"]),
        ("Covid19 tests", ["covid 19", "covid-19", "covid19"]),
        ("An e-mail from O’Reilly", ["email", "e mails", "oreilly", "o'reilly"]),
        (
            "AI-powered maps",
            ["AI – powered", "ai—powered", "AI - powered", "aipowered"],
        ),
        ("A state-of-the-art ship", ["state of the art", "“state–of–the–art”"]),
        ("5G for ‘quick’ ships", ["5g", "“5G for quick”", "quick 5 g"]),
        ("Real time maps", ["realtime", "real-time", "real‑time map", '"real time"']),
        ("Realtime maps", ["real time", "real-time maps"]),
        ("C++ and C# on .NET", ["c++", "c#", ".net", "dotnet", "csharp"]),
        ("AT&T sells R&D", ["at&t", "att", "r&d", "AT and T"]),
        ("U.S. court", ["US court", "u.s. courts"]),
        ("10,000 users, 99.99%", ["10000", "10,000", "99.99%", "99.99 percent"]),
        ("VMs retire", ["vm", "VMs", "vms retired"]),
        ("Telefónica", ["telefonica", "TELEFÓNICA"]),
        ("Hà Nội mở cửa", ["ha noi", "Hà Nội", "mo cua"]),
        ("東京で人工知能の会議", ["人工知能", "東京", "会議 東京"]),
        ("北京发布AI模型", ["模型", "AI模型", "北京 ai"]),
        ("القمة العربية", ["القمة", "العربية القمة"]),
        ("Саммит в Москве", ["САММИТ", "москве"]),
        ("Σύνοδος Κορυφής", ["συνοδος", "ΚΟΡΥΦΗΣ"]),
        ("การประชุมสุดยอด", ["ประชุม", "สุดยอด"]),
        ("हिन्दी समाचार", ["हिन्दी", "समाचार हिन्दी"]),
        ("한국어 뉴스", ["한국어", "뉴스", "한국"]),
        ("Companies tested planes", ["company testing", "test plane"]),
        ("Recognised organisation", ["recognize organization"]),
    ],
)
def test_one_thing_is_found_however_it_is_spelled(title, questions):
    made(title, "Another thing entirely")
    for question in questions:
        assert found(question) == {title}, question


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ("ferry", {"Ferry sails", "Ferry sinks", "North ferry port"}),
        ("ferry sails", {"Ferry sails"}),
        ('"north port"', {"A north port"}),
        ("north port", {"A north port", "North ferry port"}),
        ("ferry -sinks", {"Ferry sails", "North ferry port"}),
        ('north -"north port"', {"North ferry port"}),
        ("-ferry", {"A north port"}),
        ("-ferry -port", set()),
        ("the ferry", {"Ferry sails", "Ferry sinks", "North ferry port"}),
        ('"the ferry"', set()),
        ("ferry OR sinks", {"Ferry sinks"}),
        ("fer", set()),
        ("ferr*", set()),
        ("title:ferry", set()),
        ("—", {"Ferry sails", "Ferry sinks", "North ferry port", "A north port"}),
    ],
)
def test_words_phrases_and_exclusions(question, titles):
    made("Ferry sails", "Ferry sinks", "North ferry port", "A north port")
    assert found(question) == titles


def test_excerpts_and_publishers_are_found_by():
    made("Ferry", excerpt="She is quieter.", provider="gazette.example")
    assert found("quieter ferry gazette") == {"Ferry"}
    assert found("gazette.example") == {"Ferry"}


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ("provider:gazette", {"Ferry", "Pier"}),
        ("provider:gazette.example ferry", {"Ferry"}),
        ("provider:www.gazette.example", {"Ferry", "Pier"}),
        ("provider:gazette provider:times", {"Ferry", "Pier", "Crane"}),
        ("provider:ferry", set()),
        ("-provider:gazette", {"Crane"}),
        ("topic:ships", {"Ferry", "Crane"}),
        ("topic:SHIPS provider:gazette", {"Ferry"}),
        ("topic:ships topic:trains", {"Ferry", "Crane", "Pier"}),
        ('topic:"night trains"', {"Pier"}),
        ("topic:night-trains", {"Pier"}),
        ("topic:train", set()),
        ("-topic:ships", {"Pier"}),
        ("topic:ships -ferry", {"Crane"}),
    ],
)
def test_publishers_and_topics(question, titles):
    made("Ferry", provider="gazette.example", topics=["Ships"])
    made("Pier", provider="gazette.example", topics=["Night trains"])
    made("Crane", provider="times.example", topics=["Ships", "Cranes"])
    assert found(question) == titles


def test_a_story_has_its_topics_for_all_its_pages_and_others_their_own():
    lead = make_article(title="Lead", topics=["Ships"])
    page = name_page(lead, "https://elsewhere.example/1", title="Linked")
    alone = make_article(title="Alone", published=False)
    ArticleTopic.objects.create(article=alone, topic=make_topic("Ships"))
    name_page(lead, alone.page.canonical_url, position=1)
    settle(now=NOW)
    page.refresh_from_db(), alone.page.refresh_from_db()
    Page.objects.filter(pk=page.pk).update(story=lead.page.story_id or page.story_id)
    lead.page.refresh_from_db()
    Page.objects.filter(pk=page.pk).update(story=lead.page.story)
    assert found("topic:ships") == {"Lead", "Linked", "Alone"}
    assert found("-topic:ships") == set()


def test_names_that_nobody_bears_are_told():
    made("Ferry", provider="gazette.example", topics=["Ships"])
    made("Draft", provider="hidden.example", topics=["Secrets"], published=False)
    query = parse(
        "provider:gazette provider:hidden -provider:none topic:ships -topic:secrets"
    )
    providers, topics = unknown_names(query)
    assert [name.said for name in providers] == ["hidden", "none"]
    assert [name.said for name in topics] == ["secrets"]


def test_hidden_pages_are_never_found():
    made("Ferry", published=False)
    assert found("ferry") == set()
    assert best("ferry") == []


def test_nothing_within_finds_nothing():
    made("Ferry")
    nothing = Page.objects.none()
    assert newest_hits(parse("ferry"), nothing, most=9).found == []
    assert best_hits(parse("ferry zebra"), nothing).hits == ()


def test_it_finds_what_a_look_at_every_word_finds(seeded):
    """Single words, exactly, of titles, excerpts and publishers' names."""
    pages = list(Page.objects.visible().select_related("provider"))
    said = {}
    for page in pages:
        texts = (page.title, page.excerpt, page.provider.name, page.provider.domain)
        words = [word for text in texts for word in read_words(text).words]
        said[page.pk] = {word.form for word in words}
    chance = random.Random(4)
    for form in chance.sample(sorted(set.union(*said.values())), 200):
        hits = newest_hits(parse(f'"{form}"'), Page.objects.visible(), most=999).found
        asked = read_words(form).words[0].form
        expected = {pk for pk, forms in said.items() if asked in forms}
        assert {hit.page for hit in hits} == expected, form


@pytest.mark.parametrize("question", ODD, ids=range(len(ODD)))
def test_no_question_fails(question):
    made("Ferry sails", "NEAR the AND of OR")
    found(question), best(question)
    unknown_names(parse(question))
