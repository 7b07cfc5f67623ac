"""What an import did, for people: a table, changes, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from articles.ingest.report import Report
from articles.ingest.unlisted import UNDECIDED
from articles.rules.phrasing import counted, one_line, shortened


def print_summary(report: Report, console: Console) -> None:
    """Print the table of a run, what it changed if that was asked for, and a hint."""
    table = Table(title=_title(report), title_justify="left")
    table.add_column("drops")
    table.add_column("", justify="right")
    for name in ("files", "created", "updated", "unchanged", "rejected"):
        table.add_row(name, f"{getattr(report, name):,}")
    table.add_section()
    for name in ("articles", "linked_pages", "stories", "listed"):
        table.add_row(f"{name.replace('_', ' ')} now", f"{getattr(report, name):,}")
    if report.unlisted:
        table.add_section()
        table.add_row("not listed", f"{sum(report.unlisted.values()):,}")
    for reason, count in report.unlisted.items():
        table.add_row(f"  {reason}", f"{count:,}")
    console.print(table)
    _differences(report, console)
    console.print(escape(_next_step(report)))
    if report.reread_due:
        console.print(
            f"{report.reread_due:,} articles were read by older rules: "
            "run manage.py reread_drops"
        )


def _title(report: Report) -> str:
    if report.dry_run:
        return "Dry run: nothing was written"
    at = timezone.localtime(report.started_at)
    return f"Import {report.import_run}, {at:%Y-%m-%d %H:%M %Z}, {report.seconds:.1f} s"


def _differences(report: Report, console: Console) -> None:
    """Field by field what would change, and what that would do to readers' pages."""
    # Very many lines: styling each costs more than the import.
    for line in _lines_of_changes(report):
        console.file.write(f"{line}\n")
    for title, urls in (
        ("Would be listed", report.effects.listed),
        ("Would be hidden", report.effects.hidden),
        ("Would be in another story", report.effects.moved),
    ):
        if urls:
            console.print(f"{title}: {len(urls):,}", style="bold")
        for url in urls:
            console.file.write(f"  {one_line(url)}\n")


def _lines_of_changes(report: Report) -> Iterator[str]:
    for source, change in report.changes.items():
        yield one_line(source)
        for name, (held, would_be) in change.items():
            for value in _less(held, would_be):
                yield f"  {name}: - {_short(value)}"
            for value in _less(would_be, held):
                yield f"  {name}: + {_short(value)}"


def _less(value: object, other: object) -> list[object]:
    """What one side has and the other has not: of lists, the items."""
    if isinstance(value, list):
        return [
            item for item in value if not isinstance(other, list) or item not in other
        ]
    return [] if value is None else [value]


def _short(value: object) -> str:
    return one_line(shortened(str(value), 200, keep_blank=True))


def _next_step(report: Report) -> str:
    if report.interrupted:
        return "Interrupted: what was begun is in. Run it again to go on."
    if report.rejected:
        return f"{report.rejected} rejected: see the lines above, mend, import again."
    if report.dry_run:
        return "Run it without --dry-run to import."
    if not report.files:
        return "No drop was found."
    undecided = report.unlisted.get(UNDECIDED, 0)
    if undecided:
        waits = "waits" if undecided == 1 else "wait"
        articles = counted(undecided, "article")
        return f"{articles} {waits} for a decision: publish at /admin/."
    if report.unlisted:
        return "Nothing waits for a decision."
    return "Every article is listed."
