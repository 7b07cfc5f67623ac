"""`python -m bench.make_drops FOLDER N`: made-up drops, shaped like real ones.

The same numbers give the same drops, byte for byte. Drops are of themes: the lists of
those of a theme name each other, the nearest in time first, as real lists do; within a
theme several publishers report an event within a day or two. No title is there twice.
"""

from __future__ import annotations

import argparse
import base64
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from . import corpus_shape as shape
from .made_words import name, some_words, text

BEGIN = datetime(2000, 1, 3, tzinfo=UTC)
DROPS_A_DAY = 160
_TOPIC_NAMES = [f"Topic {chr(ord('A') + place)}" for place in range(len(shape.TOPICS))]
_SITE = "https://www.{domain}/copy0/{words}"
_PICTURE = "https://pictures.{domain}/copy0/{number}.jpg"


@dataclass(frozen=True, slots=True)
class Publisher:
    name: str
    domain: str


@dataclass(frozen=True, slots=True)
class Made:
    """What one drop says of itself."""

    number: int
    title: str
    excerpt: str
    published_at: datetime
    publisher: Publisher
    quality: int
    topics: tuple[str, ...]
    has_picture: bool

    @property
    def url(self) -> str:
        words = self.title.lower().replace(" ", "-")[:60]
        return _SITE.format(domain=self.publisher.domain, words=words)

    @property
    def file_name(self) -> str:
        words = self.title.lower().replace(" ", "-")[:40]
        return f"copy0-{self.published_at:%m-%d}-{words}.md"


def make_drops(
    folder: Path, count: int, *, seed: int = 1, begin: datetime = BEGIN
) -> None:
    """Write so many drops into a folder, the first of them at `begin`."""
    folder.mkdir(parents=True, exist_ok=True)
    random = Random(seed)
    maker = _Maker(random, count, begin)
    made = 0
    while made < count:
        theme = sorted(maker.theme(count - made), key=lambda one: one.published_at)
        entries = [_entry(one) for one in theme]
        for place, one in enumerate(theme):
            near = _nearest(theme, place)
            related = "".join(entries[other] for other in near)
            drop = _drop(one, related, len(near), random)
            (folder / one.file_name).write_text(drop, encoding="utf-8")
        made += len(theme)


def days_of(count: int) -> int:
    """Over how many days so many drops begin; a story goes on for some more."""
    return max(count // DROPS_A_DAY, 7)


class _Maker:
    """Makes themes, and remembers what was used."""

    def __init__(self, random: Random, count: int, begin: datetime) -> None:
        self.random = random
        self.begin = begin
        self.days = days_of(count)
        self.busy = [shape.drawn(random, shape.DROPS_A_DAY) for _ in range(self.days)]
        self.names = iter(range(10**9))
        self.numbers = iter(range(10**9))
        self.publishers = [_publisher(n) for n in range(len(shape.PUBLISHERS))]
        self.titles: set[str] = set()

    def theme(self, most: int) -> list[Made]:
        """Drops that have each other in their lists; no more than `most`."""
        size = min(self._theme_size(), most)
        about = some_words(self.random, 4)
        found: list[Made] = []
        while len(found) < size:
            pages = shape.weighted(self.random, shape.STORIES)
            found += self._event(min(pages, size - len(found)), about)
        return found

    def _theme_size(self) -> int:
        """So that drops, not themes, have lists as long as real ones."""
        while True:
            size = int(shape.drawn(self.random, shape.LIST)) + 1
            if self.random.random() < 1 / size:
                return size

    def _event(self, pages: int, theme: Sequence[str]) -> Iterator[Made]:
        names = [name(next(self.names)) for _ in range(3)]
        about = [*names, *some_words(self.random, 4)]
        begun = self._moment()
        for publisher in self._some_publishers(pages):
            hours = self.random.expovariate(1 / 8) if pages > 1 else 0
            yield self._made(about, theme, publisher, begun + timedelta(hours=hours))

    def _made(
        self,
        about: Sequence[str],
        theme: Sequence[str],
        publisher: Publisher,
        at: datetime,
    ) -> Made:
        random = self.random
        title = ""
        while not title or title in self.titles:
            said = [*about[:2], *random.sample(about[2:], 3)]
            title = text(random, said, shape.drawn(random, shape.TITLE))
        self.titles.add(title)
        long = shape.drawn(random, shape.EXCERPT)
        said = [*random.sample(about, 4), *random.sample(theme, 2)]
        labels = {n: count for n, count in enumerate(shape.TOPICS) if n}
        of = shape.weighted(random, shape.TOPICS_EACH) - 1
        others = {shape.weighted(random, labels) for _ in range(of)}
        return Made(
            number=next(self.numbers),
            title=title,
            excerpt=text(random, said, long) if long > 20 else "",
            published_at=at.replace(microsecond=0),
            publisher=publisher,
            quality=int(shape.drawn(random, shape.QUALITY)),
            topics=tuple(_TOPIC_NAMES[n] for n in (0, *sorted(others))),
            has_picture=random.random() < shape.WITH_PICTURE,
        )

    def _moment(self) -> datetime:
        day = self.random.choices(range(self.days), self.busy)[0]
        hour = self.random.choices(range(24), shape.HOURS)[0]
        second = self.random.randrange(3600)
        return self.begin + timedelta(days=day, hours=hour, seconds=second)

    def _some_publishers(self, count: int) -> list[Publisher]:
        found: dict[str, Publisher] = {}
        while len(found) < count:
            one = self.random.choices(self.publishers, shape.PUBLISHERS)[0]
            found[one.domain] = one
        return list(found.values())


def _publisher(number: int) -> Publisher:
    called = name(10**6 + number)
    return Publisher(f"{called} News", f"{called.lower()}.example")


def _nearest(theme: Sequence[Made], place: int) -> list[int]:
    """Places of the others, the nearest in time, as many as a list holds."""
    at = theme[place].published_at
    others = [other for other in range(len(theme)) if other != place]
    others.sort(key=lambda other: (abs(theme[other].published_at - at), other))
    return others[: shape.LONGEST_LIST]


def _entry(made: Made) -> str:
    """What lists say of a drop: the same in all of them."""
    return f"""  - title: {_quoted(made.title)}
    excerpt: {_quoted(made.excerpt)}
    publishedDateTime: {made.published_at:%Y-%m-%dT%H:%M:%SZ}
    webUrl: {_quoted(made.url)}
    type: article
    provider:
      name: {_quoted(made.publisher.name)}
      domain: {made.publisher.domain}
    quality: {made.quality}
"""


def _drop(made: Made, related: str, listed: int, random: Random) -> str:
    leads = random.random() < shape.LEADS
    heat = made.quality + 20 * listed if leads else -1
    published = random.random() < shape.PUBLISHED
    lines = [
        "---",
        "category: news",
        f"title: {_quoted(made.title)}",
        f"excerpt: {_quoted(made.excerpt)}",
        f"publishedDateTime: {made.published_at:%Y-%m-%dT%H:%M:%SZ}",
        f"webUrl: {_quoted(made.url)}",
    ]
    if random.random() < shape.WITH_ORIGINAL:
        lines.append(f"originalUrl: {_quoted(made.url)}")
    if random.random() < shape.WITH_AMP:
        lines.append(f"ampWebUrl: {_quoted(made.url + '/amp')}")
    lines += [
        "type: article",
        f"quality: {made.quality}",
        f"heat: {heat}",
        f"published: {'true' if published else 'false'}",
        "\nprovider:",
        f"  name: {_quoted(made.publisher.name)}",
        f"  domain: {made.publisher.domain}",
        "\ntopics:",
        *(f"  - {topic}" for topic in made.topics),
    ]
    if made.has_picture:
        url = _PICTURE.format(domain=made.publisher.domain, number=made.number)
        lines += ["\nimages:", f"  - url: {_quoted(url)}"]
        lines += ["    width: 1024", "    height: 576", "    isCached: true"]
    if related:
        lines.append("\nrelated:\n" + related.rstrip("\n"))
    secret = base64.b64encode(random.randbytes(256)).decode()
    lines += [f"\nsecured: {_quoted(secret)}", "---\n"]
    return "\n".join(lines)


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.make_drops")
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    make_drops(options.folder, options.count, seed=options.seed)


if __name__ == "__main__":
    main()
