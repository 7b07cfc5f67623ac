"""AMP addresses: two URLs are one page where a drop or an entry names both.

The pure canonical URL keeps AMP addresses apart. But who says that a page has an
AMP copy says of both addresses that they are one page; articles and entries that
give the copy as their own URL then belong to that page. Where several pages claim
one address, the first by canonical URL has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from articles.models import Article, Mention, Page, RelatedLink, Stale
from articles.models.bulk import among, chunks, create_rows
from articles.rules.public_id import page_id

from .readers import release_ids

KEYS = ("amp_key", "cdn_amp_key")
# Addresses of addresses: as far as a chain of claims is followed.
STEPS = 5


def homes(urls: Iterable[str]) -> dict[str, int]:
    """The pk of the page that each canonical URL belongs to as an AMP address.

    URLs that no page claims are left out. Pages are made where needed.
    """
    claimed = {url: _home(url, claims) for url, claims in _chains(urls).items()}
    claimed = {url: home for url, home in claimed.items() if home != url}
    pages = page_keys(set(claimed.values()))
    return {url: pages[home] for url, home in claimed.items()}


def page_keys(urls: Iterable[str]) -> dict[str, int]:
    """The pk of the page of each canonical URL, made where there is none."""
    found: dict[str, int] = {}
    for some in chunks(sorted(urls)):
        rows = Page.objects.filter(canonical_url__in=among(some))
        found |= dict(rows.values_list("canonical_url", "pk"))
        new = create_rows(
            Page(canonical_url=url, key_id=page_id(url), public_id=page_id(url))
            for url in some
            if url not in found
        )
        release_ids([page.key_id for page in new])
        found |= {page.canonical_url: page.pk for page in new}
    return found


def bring_home(stale: Sequence[int]) -> dict[int, int]:
    """Let the facts about stale pages be at the pages they belong to.

    Wordings that no list uses any more are deleted. Pages that facts come to or
    leave are marked as stale; returned is the new page of each old one.
    """
    for some in chunks(stale):
        used = Mention.objects.filter(
            page=OuterRef("page"), related_link=OuterRef("pk")
        )
        RelatedLink.objects.filter(~Exists(used), page__in=among(some)).delete()
    moved = _rehome(stale)
    for some in chunks({*moved.keys(), *moved.values()}):
        Page.objects.filter(pk__in=among(some)).update(stale=Stale.CONTENT)
    return moved


def _rehome(stale: Sequence[int]) -> dict[int, int]:
    """Move articles and wordings to the pages they belong to; return old to new page.

    Concerned are those on these pages, and those elsewhere that these pages claim.
    """
    moved: dict[int, int] = {}
    for held in chunks(stale):
        addresses = _and_theirs(addresses_of(held))
        for model in (Article, RelatedLink):
            moved |= _move(model, model._default_manager.filter(page__in=among(held)))
            for some in chunks(addresses):
                guests = model._default_manager.filter(canonical_url__in=among(some))
                moved |= _move(model, guests)
    return moved


def addresses_of(pages: Sequence[int]) -> set[str]:
    """All AMP addresses that articles and wordings of these pages give."""
    return _given(page__in=among(pages))


def _given(**by: Any) -> set[str]:
    found: set[str] = set()
    for model in (Article, RelatedLink):
        for row in model._default_manager.filter(**by).values_list(*KEYS):
            found.update(key for key in row if key)
    return found


def _and_theirs(addresses: set[str]) -> set[str]:
    """These and the addresses that whoever bears them gives: their home moves along."""
    reached, latest = set(addresses), set(addresses)
    for _ in range(STEPS):
        latest = {
            address
            for some in chunks(sorted(latest))
            for address in _given(canonical_url__in=among(some))
        } - reached
        if not latest:
            break
        reached |= latest
    return reached


def _chains(urls: Iterable[str]) -> dict[str, list[str]]:
    """Of each claimed URL: itself, who claims it, who claims that, and so on.

    A chain that runs into a loop ends with the URL that closes it.
    """
    chains = {url: [url] for url in urls}
    growing = chains
    for _ in range(STEPS):
        claims = _first_claims({chain[-1] for chain in growing.values()})
        growing = {url: chain for url, chain in growing.items() if chain[-1] in claims}
        for chain in growing.values():
            chain.append(claims[chain[-1]])
        growing = {
            url: chain for url, chain in growing.items() if chain[-1] not in chain[:-1]
        }
        if not growing:
            break
    return {url: chain for url, chain in chains.items() if len(chain) > 1}


def _home(url: str, chain: Sequence[str]) -> str:
    """The end of a chain; of a loop, its first by canonical URL."""
    end = chain[-1]
    loop = chain[chain.index(end) : -1]
    return min(loop) if loop else end


def _first_claims(addresses: Iterable[str]) -> dict[str, str]:
    """Of each address the first URL, in order, whose page is said to have it."""
    claims: dict[str, str] = {}
    for some in chunks(sorted(addresses)):
        for model in (Article, RelatedLink):
            for key in KEYS:
                # The index leaves "" out, and serves only who does so, too.
                rows = model._default_manager.exclude(**{key: ""})
                rows = rows.filter(**{f"{key}__in": among(some)})
                for address, url in rows.values_list(key, "canonical_url").distinct():
                    claims[address] = min(url, claims.get(address, url))
    return claims


def _move(
    model: type[Article] | type[RelatedLink], rows: QuerySet[Any]
) -> dict[int, int]:
    facts = list(rows.values_list("pk", "page", "page__canonical_url", "canonical_url"))
    claimed = homes({own for *_, own in facts})
    strays = {own for _, _, at, own in facts if own not in claimed and own != at}
    targets = page_keys(strays) | claimed
    moved: dict[int, int] = {}
    for pk, page, _, own in facts:
        target = targets.get(own, page)
        if target == page:
            continue
        moved[page] = target
        model._default_manager.filter(pk=pk).update(page=target)
        if model is Article:
            Page.objects.filter(article=pk).update(article=None)
            named = Page.objects.filter(mentions__article=pk, stale=Stale.NO)
            named.update(stale=Stale.STANDING)
        else:
            Mention.objects.filter(page=page, related_link=pk).update(page=target)
    return moved
