"""Forty decisions on real drops, and the effect of each."""

from __future__ import annotations

from dataclasses import dataclass

from articles.drops.reading import EntryCache, read_drop
from articles.models import Article, Decision, LinkedPage, Page
from articles.publishing.decisions import record
from articles.settle import settle

Files = dict[str, bytes]


@dataclass(frozen=True)
class Plan:
    """40 decisions: by kind, about sources and about linked pages."""

    publish: list[str]
    withdraw: list[str]
    publish_links: list[str]
    withdraw_links: list[str]

    def record(self, at) -> None:
        for kind, names, urls in (
            ("publish", self.publish, self.publish_links),
            ("withdraw", self.withdraw, self.withdraw_links),
        ):
            articles = Article.objects.filter(source_name__in=names).select_related(
                "page"
            )
            pages = Page.objects.filter(canonical_url__in=urls).select_related(
                "article"
            )
            assert len(articles) == len(names) and len(pages) == len(urls)
            record(Decision.Kind(kind), [*articles, *pages], at=at)
        settle(now=at)


def plan(snapshots: list[Files], twins: list[str], more_moving: list[str]) -> Plan:
    """20 on files that stay, 10 on files that move later, 5 on twins, 5 on links."""
    known = EntryCache()
    urls: dict[str, set[str]] = {}
    for files in snapshots:
        for name, raw in files.items():
            urls.setdefault(name[:-3], set()).add(
                read_drop(raw, entries=known).drop.canonical_url
            )
    every = {url for found in urls.values() for url in found}
    used = {url for name in (*twins, *more_moving) for url in urls[name]}
    moving, staying = list(more_moving), []
    for name in (one[:-3] for one in snapshots[0]):
        if urls[name] & used:  # two decisions on one page: the latest counts
            continue
        used |= urls[name]
        (moving if len(urls[name]) > 1 else staying).append(name)
    linked = LinkedPage.objects.exclude(canonical_url__in=every).order_by(
        "canonical_url"
    )
    links = list(linked.values_list("canonical_url", flat=True)[:5])
    assert len(moving) >= 10 and len(staying) >= 20 and len(links) == 5
    moving, staying = moving[-10:], staying[:20]
    return Plan(
        staying[:10] + moving[:5] + twins[:3],
        staying[10:] + moving[5:] + twins[3:],
        links[:2],
        links[2:],
    )


def effect(made: Plan, client) -> dict[str, tuple[bool, bool, int]]:
    """Of each decided thing, by its place in the plan: listed, withdrawn, its answer."""
    found = {}
    for name in (*made.publish, *made.withdraw):
        article = Article.objects.select_related("page").get(source_name=name)
        answer = client.get(f"/articles/{article.public_id}/", follow=True)
        found[name] = (
            article.page.is_listed,
            article.page.is_withdrawn,
            answer.status_code,
        )
    for url in (*made.publish_links, *made.withdraw_links):
        page = Page.objects.get(canonical_url=url)
        answer = client.get(f"/articles/{page.public_id}/", follow=True)
        found[url] = (page.is_listed, page.is_withdrawn, answer.status_code)
    return found
