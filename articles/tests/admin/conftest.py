"""Who sits at the desk, what lies on it, and what the form of a story sends."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission, User

from articles.models import Story

from .browser import opened
from .events import BRIDGE, FLOOD, bring, coverage, partition, urls

EDITORS = (
    "view_article",
    "change_article",
    "can_publish",
    "view_story",
    "change_story",
    "view_page",
    "change_page",
    "view_importrun",
)


@pytest.fixture
def desk(client, db):
    """The browser of somebody who may do what editors may, and no more."""
    client.force_login(member("edith", EDITORS))
    return client


@pytest.fixture
def send(desk):
    """Sends the form on a story's page; answers with the messages shown after it."""

    def post(story: Story, act: str, chosen=(), **more) -> list[str]:
        told = {"act": act, "page": [page.pk for page in chosen], "why": "so it is"}
        form = opened(desk, change(story))
        shown = {name: form[name] for name in ("shown", "story") if name in form}
        return messages(desk.post(change(story), shown | told | more, follow=True))

    return post


@pytest.fixture
def two_stories(db) -> None:
    """Four pages on the bridge, and three on the flood."""
    bring(coverage(BRIDGE, 4), coverage(FLOOD, 3))
    assert partition() == {urls(BRIDGE, range(4)), urls(FLOOD, range(3))}


def member(name: str, granted) -> User:
    user = User.objects.create_user(name, is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=granted))
    return user


def change(story: Story) -> str:
    return f"/admin/articles/story/{story.pk}/change/"


def messages(answer) -> list[str]:
    assert answer.status_code == 200
    return [str(message) for message in answer.context["messages"]]
