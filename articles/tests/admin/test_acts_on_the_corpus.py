"""Acts about stories of the real corpus: nothing moves but what was chosen."""

from __future__ import annotations

from random import Random

import pytest
from django.db.models import Count

from articles.models import Page, Story
from articles.publishing import undo
from articles.tests.ingest.worlds import world

from .acting import Stories, act_at_random, members, split_off, stories, urls_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_corpus")]
NEARBY = 30  # other stories of the same days, of which one is chosen


@pytest.fixture(scope="module")
def start(published_corpus, django_db_blocker) -> Stories:
    with django_db_blocker.unblock():
        return stories()


def test_splitting_off_the_founders_takes_nobody_along(client, start):
    story = Story.objects.get(founder__title__contains="FedEx", page_count=14)
    address, pages = story.public_id, members(story)
    act = split_off(pages[:2], start)
    # The founder's own id is the address of those that stay.
    for page in (pages[0], *pages[2:]):
        assert leads_to(client, page) == address
    left = Page.objects.get(pk=pages[1].pk).story.public_id
    assert leads_to(client, pages[1]) == left != address
    undo(act)
    assert stories() == start


def leads_to(client, page: Page) -> str:
    """The id of the story that the id of a page shows or redirects to."""
    answer = client.get(f"/stories/{page.public_id}/", follow=True)
    assert answer.status_code == 200
    return answer.wsgi_request.path.split("/")[2]


def some_story(chance: Random, touched: frozenset[str]) -> Story:
    """One that was touched before, or any of several pages."""
    if touched and chance.random() < 0.5:
        url = chance.choice(sorted(touched))
        return Page.objects.get(canonical_url=url).story
    several = Story.objects.annotate(size=Count("pages")).filter(size__gte=2)
    return chance.choice(several.order_by("founder__canonical_url"))


def another(chance: Random, story: Story) -> Story:
    """A story of the same days."""
    times = [page.published_at for page in story.pages.all()]
    others = Story.objects.exclude(pk=story.pk).order_by("founder__canonical_url")
    near = others.filter(pages__published_at__range=(min(times), max(times)))
    return chance.choice(near.distinct()[:NEARBY] or others[:NEARBY])


def any_acts(chance: Random, start: Stories, most: int) -> None:
    """Some acts one after the other, and all of them undone."""
    before, touched, done = start, frozenset(), []
    for _ in range(chance.randint(1, most)):
        story = some_story(chance, touched)
        other = another(chance, story)
        touched = urls_of(members(story)) | urls_of(members(other))
        done.append(act_at_random(chance, story, other, before))
        before = stories()
    if chance.random() < 0.5:
        chance.shuffle(done)
    else:
        done.reverse()
    for act in done:
        undo(act)
        stories()
    assert stories() == start


@pytest.mark.parametrize("seed", range(10))
def test_each_act_moves_what_was_chosen_and_undone_all_is_as_before(start, seed):
    with world():
        any_acts(Random(seed), start, 3)


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(10, 310))
def test_so_do_hundreds_of_acts(start, seed):
    with world():
        any_acts(Random(seed), start, 6)
