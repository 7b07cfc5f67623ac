"""The templates of stories, in Jinja2: all stories are rendered by each rebuilding.

Django's own take ten times as long. The folder is `templates/stories`.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache

from django.conf import settings
from django.utils import timezone
from django.utils.dateformat import format as spelled
from django.utils.safestring import SafeString
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from articles.rules import dates, phrasing
from articles.rules.text.language import language_of

from .addresses import address
from .pictures import shown_picture

FOLDER = settings.BASE_DIR / "templates" / "stories"


def story_html(name: str, **given: object) -> SafeString:
    """What a template of the folder makes of these, HTML that may be shown as it is.

    Whatever comes from drops is escaped; a name that is not given is an error.
    """
    template = _templates().get_template(name)
    return SafeString(template.render(given | {"images_mode": settings.IMAGES}))


def moment(at: datetime, pattern: str = "", apart: str = "") -> SafeString:
    """A moment as `<time>`, in the site's zone, its full form in the title.

    Without a pattern it has the day and the time of day; which of them is seen, the
    list around it says (`css/components/time.css`). `apart` are classes that say of
    which day's heading it is not.
    """
    here = timezone.localtime(at)
    if pattern:
        words = spelled(here, pattern)
    else:
        # No value of these is anybody's text; pages are full of them.
        words = (
            f'<span class="day">{dates.day_in_words(here)}</span>'
            f' <span class="clock">{here:%H:%M}</span>'
        )
    kind = f' class="{apart}"' if apart else ""
    return SafeString(
        f'<time{kind} datetime="{here.isoformat("T", "minutes")}"'
        f' title="{dates.moment_in_zone(here)}">{words}</time>'
    )


def lang_of(text: str) -> SafeString:
    """The attribute that tells the language of a text, "" where it is not sure."""
    code = language_of(text)
    return SafeString(f' lang="{code}"' if code else "")


@lru_cache(maxsize=1)
def _templates() -> Environment:
    made = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        auto_reload=settings.DEBUG,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    made.globals |= {"url": address, "moment": moment, "picture": shown_picture}
    made.globals |= {"first": False, "use": "thumb"}
    made.filters |= {
        "counted": phrasing.counted,
        "lang_of": lang_of,
        "noun_for": phrasing.noun_for,
        "shortened": phrasing.shortened,
        "day_in_words": dates.day_in_words,
        "in_utc": _in_utc,
        "local_day": timezone.localdate,
        "weekday": _weekday,
        "long_day": _long_day,
        "short_day": _short_day,
        "time_of_day": _time_of_day,
    }
    return made


def _in_utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%MZ}"


def _weekday(day: date) -> str:
    return spelled(day, "l")


def _long_day(day: date) -> str:
    return spelled(day, "l j F Y")


def _short_day(at: datetime) -> str:
    return spelled(timezone.localtime(at), "j M")


def _time_of_day(at: datetime) -> str:
    return f"{timezone.localtime(at):%H:%M}"
