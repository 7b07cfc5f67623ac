"""An act about stories before it is done: the stories now and after, side by side."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from articles.models import Page, Story
from articles.models.writing import trial
from articles.selectors.desk.compare import StoryGlance, glances
from articles.selectors.desk.story import story_at

from .story_acts import carry_out

LOOK = "look"  # the field that names the act which is looked at first
Stories = tuple[StoryGlance, ...]


def before_and_after(request: HttpRequest, story: Story) -> tuple[Stories, Stories]:
    """The stories that an act concerns; raises NothingToDecide as the act does."""
    concerned = [story]
    if other := story_at(request.POST.get("to", "")):
        concerned.append(other)
    pages = list(Page.objects.filter(story__in=concerned).values_list("pk", flat=True))
    before = glances(pages)
    with trial():
        carry_out(request, story, request.POST[LOOK])
        after = glances(pages)
    return before, after


def sent_again(request: HttpRequest) -> list[tuple[str, Any]]:
    """What the form sent, for a form that asks for the same act."""
    kept = ("csrfmiddlewaretoken", LOOK, "act")
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in kept
        for value in values
    ]
