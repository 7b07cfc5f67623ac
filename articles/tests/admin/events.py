"""Events with their coverage, as drops: what the desk has to cut and to join."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from articles.models import Page, Story
from articles.tests.make import NOON, import_drops, make_drop, related_entry

BRIDGE = "Quixano harbour bridge closes after crane collapse"
FLOOD = "Brzezinka zeppelin festival flooded by river Oder"
VOTE = "Finnish orchestra Kuusisto vote delayed in Turku"
# The flood again, on a list of its own: no list names reports of both.
FLOOD_AGAIN = "Zeppelin festival in Brzezinka flooded by Oder river"
Partition = set[frozenset[str]]


def url_of(event: str, number: int) -> str:
    return f"https://{event.split()[0].lower()}{number}.example/{number}"


def coverage(
    event: str, pages: int = 3, *, linked: int = 0, published: bool = True, **given
) -> dict[str, bytes]:
    """Drops that report one event and name each other, and `linked` pages as well."""
    name = event.split()[0].lower()
    urls = [url_of(event, number) for number in range(pages + linked)]
    drops = {}
    for number in range(pages):
        usual = {
            "title": f"{event}, report {number}",
            "excerpt": f"{event}: what is known.",
            "webUrl": urls[number],
            "publishedDateTime": _time(number),
            "provider": {
                "name": f"Press {number}",
                "domain": f"{name}{number}.example",
            },
            "quality": 60 + number,
            "published": published,
            "related": [
                entry(event, other)
                for other in range(pages + linked)
                if other != number
            ],
        }
        drops[f"{name}{number}.txt"] = make_drop(**usual | given)
    return drops


def entry(event: str, number: int) -> dict:
    domain = url_of(event, number).split("/")[2]
    return related_entry(
        url_of(event, number),
        title=f"{event}, report {number}",
        excerpt=f"{event}: what is known.",
        publishedDateTime=_time(number),
        provider={"name": f"Press {number}", "domain": domain},
    )


def _time(number: int) -> str:
    return (NOON + timedelta(hours=number)).strftime("%Y-%m-%dT%H:%M:%SZ")


def bring(*events: dict[str, bytes]) -> None:
    """Import all that these hold at once."""
    report = import_drops(
        {name: raw for event in events for name, raw in event.items()}
    )
    assert not report.rejected, [str(one) for one in report.problems]


def page(event: str, number: int = 0) -> Page:
    return Page.objects.get(canonical_url=url_of(event, number))


def pages(event: str, *numbers: int) -> list[Page]:
    return [page(event, number) for number in numbers]


def story(event: str, number: int = 0) -> Story:
    found = page(event, number).story
    assert found is not None
    return found


def partition() -> Partition:
    """Which pages are in one story, by URL."""
    return {
        frozenset(one.pages.values_list("canonical_url", flat=True))
        for one in Story.objects.all()
    }


def urls(event: str, numbers: Iterable[int]) -> frozenset[str]:
    return frozenset(url_of(event, number) for number in numbers)
