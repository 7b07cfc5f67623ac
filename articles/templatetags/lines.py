"""Lines of pages, of which there are dozens on one page.

They are written here and not in templates, which would take most of such a page's time
for them. All texts are escaped, whoever they are from.
"""

from __future__ import annotations

from datetime import datetime
from html import escape

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString

from articles.rendering.summaries import PageInStory, PageSummary, ProviderName
from articles.rules.phrasing import counted
from articles.search import Marked
from articles.selectors.search import FoundPage, FoundStory

from .addresses import address
from .news import moment

register = template.Library()

_OUT = '<span class="out__mark" aria-hidden="true"> ↗</span></a>'
_VIDEO = '<span class="page-line__note">video</span>'


@register.simple_tag
def hit_line(hit: PageInStory) -> SafeString:
    """A page of one day, leading to its story where readers have one."""
    page = hit.page
    return SafeString(f"""
  <li class="page-line page-line--timed">
    <p class="page-line__time">{_time(page.published_at)}</p>
    <p class="page-line__title" dir="auto">{_headline_of(hit)}</p>
    {_coverage_of(hit)}
    <p class="meta">{_read_at(page) if hit.story_id else _domain(page.provider)}</p>
  </li>""")


@register.simple_tag
def page_line(page: PageSummary) -> SafeString:
    """A page whose headline leads to its publisher."""
    lead = '<span class="page-line__note page-line__note--lead">leads the story</span>'
    return SafeString(f"""
<li class="page-line">
  <p class="page-line__title" dir="auto">{_out(page.url, escape(page.title))}</p>
  <p class="meta">
    {_publisher(page.provider, escape(page.provider.name))}
    {moment(page.published_at)}
    {_domain(page.provider)}
    {lead if page.is_lead else ""}
    {_VIDEO if page.type == "video" else ""}
    {_details(page) if page.is_listed else ""}
  </p>
</li>""")


@register.simple_tag
def found_story(story: FoundStory) -> SafeString:
    """A story with the pages that a search finds, or such a page that stands alone."""
    pages = "".join(_found_page(found, story) for found in story.pages)
    return SafeString(f"""
<li class="page-line">
  {_found_head(story) if story.id else ""}
  <ul role="list">{pages}
  </ul>
  {_further(story) if story.more else ""}
</li>""")


def _found_head(story: FoundStory) -> str:
    coverage = ""
    if story.page_count > 1:
        publishers = counted(story.provider_count, "publisher")
        pages = counted(story.page_count, "page")
        coverage = f'<p class="coverage">{publishers}, {pages}</p>'
    link = f'<a href="{_story(story.id, story.slug)}">{_marked(story.title)}</a>'
    return f'<h3 class="page-line__title" dir="auto">{link}</h3>\n  {coverage}'


def _found_page(found: FoundPage, story: FoundStory) -> str:
    page = found.page
    same = bool(story.id) and found.title == story.title
    excerpt = _marked(found.excerpt)
    return f"""
    <li class="found__page">
      {"" if same else _found_headline(found, alone=not story.id)}
      {f'<p class="page-line__excerpt" dir="auto">{excerpt}</p>' if excerpt else ""}
      <p class="meta">
        {_publisher(page.provider, _marked(found.provider))}
        {moment(page.published_at)}
        {_read_at(page) if same else _domain(page.provider)}
        {_VIDEO if page.type == "video" else ""}
      </p>
    </li>"""


def _found_headline(found: FoundPage, *, alone: bool) -> str:
    link = _out(found.page.url, _marked(found.title))
    if alone:
        return f'<h3 class="page-line__title" dir="auto">{link}</h3>'
    return f'<p class="found__headline" dir="auto">{link}</p>'


def _further(story: FoundStory) -> str:
    link = f"{_story(story.id, story.slug)}#coverage"
    more = counted(story.more, "more page")
    return f'<p class="more"><a href="{link}">{more} of this story</a></p>'


def _headline_of(hit: PageInStory) -> str:
    if not hit.story_id:
        return _out(hit.page.url, escape(hit.page.title))
    link = _story(hit.story_id, hit.story_slug)
    return f'<a href="{link}">{escape(hit.page.title)}</a>'


def _coverage_of(hit: PageInStory) -> str:
    if hit.story_pages < 2:
        return ""
    role = "leads" if hit.page.is_lead else "in"
    pages = counted(hit.story_pages, "page")
    return f'<p class="coverage">{role} a story of {pages}</p>'


def _marked(pieces: Marked) -> str:
    return "".join(
        f"<mark>{escape(text)}</mark>" if matched else escape(text)
        for text, matched in pieces
    )


def _out(url: str, html: str) -> str:
    return f'<a class="out" href="{escape(url)}" rel="noopener noreferrer">{html}{_OUT}'


def _read_at(page: PageSummary) -> str:
    read = '<span class="visually-hidden">Read at </span>'
    return _out(page.url, f"{read}{escape(page.provider.domain)}")


def _publisher(provider: ProviderName, html: str) -> str:
    link = escape(address("provider", provider.domain))
    return f'<a class="meta__who" href="{link}">{html}</a>'


def _domain(provider: ProviderName) -> str:
    return f"<span>{escape(provider.domain)}</span>"


def _details(page: PageSummary) -> str:
    link = escape(address("article", page.id, page.slug))
    of = f'<span class="visually-hidden"> of {escape(page.title)}</span>'
    return f'<a href="{link}">Details{of}</a>'


def _story(id: str, slug: str) -> str:
    return escape(address("story", id, slug))


def _time(at: datetime) -> str:
    """The time of day."""
    here = timezone.localtime(at)
    iso = here.isoformat("T", "minutes")
    return f'<time datetime="{iso}">{here:%H:%M} {escape(str(here.tzname()))}</time>'
