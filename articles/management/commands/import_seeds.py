"""Import drops: see `--help`."""

from __future__ import annotations

import argparse
import json
import sys
import time
from contextlib import nullcontext
from pathlib import Path
from typing import Any, NoReturn

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from articles.ingest.finding.source import Source, UnusableSource
from articles.ingest.finding.sources import find_sources, from_stream
from articles.ingest.finding.watch import Watch
from articles.ingest.lock import AnotherImportRuns, import_lock
from articles.ingest.report import Report
from articles.ingest.run import Options, run_import
from articles.ingest.stopping import stopping
from articles.management.site_command import SiteCommand
from articles.rules.phrasing import shortened

EPILOG = """exit codes: 0 all imported, 1 some drops rejected (the rest is in),
2 wrong usage, 3 another import runs, 130 interrupted"""


class Command(SiteCommand):
    help = "Import drops: files, folders, archives, or - for standard input."
    # What the checks look at, admin and addresses, an import does not use; loading
    # it all would cost an unchanged re-import half its time.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.epilog = EPILOG
        parser.add_argument("paths", nargs="*", metavar="PATH")
        flag: dict[str, Any] = {"action": "store_true"}
        parser.add_argument(
            "--publish",
            help="publish the articles this run creates, unless an editor decided",
            **flag,
        )
        parser.add_argument("--name", help="source name of standard input")
        parser.add_argument("--root", type=Path, help="folder that names start from")
        parser.add_argument(
            "--dry-run", help="write nothing, say what would be", **flag
        )
        parser.add_argument("--json", help="print one JSON object", **flag)
        parser.add_argument("--report", type=Path, metavar="FILE")
        parser.add_argument("--watch", help="keep importing what arrives", **flag)
        parser.add_argument("--fail-fast", help="stop at the first rejection", **flag)
        parser.add_argument("--strict", help="warnings reject the drop", **flag)

    def handle(self, *args: Any, **options: Any) -> None:
        console = Console(
            stderr=True, no_color=options["no_color"] or None, soft_wrap=True
        )
        if options["watch"]:
            self._watch(options, console)
        try:
            report = _locked_run(_sources(options), options, console)
        except AnotherImportRuns:
            raise CommandError(
                "another import is running; this one did nothing", returncode=3
            ) from None
        self._tell(report, options, console)
        sys.exit(report.exit_code)

    def _watch(self, options: dict[str, Any], console: Console) -> NoReturn:
        """Import what arrives, until SIGINT or SIGTERM ends it."""
        if options["dry_run"] or "-" in options["paths"]:
            raise CommandError("--watch imports files and folders", returncode=2)
        paths = [Path(path) for path in options["paths"] or [settings.SEEDS_DIR]]
        watch = Watch(paths, root=options["root"])
        console.print(f"Watching {', '.join(map(str, paths))}; Ctrl-C ends it.")
        with stopping() as stopped:
            while not stopped:
                ready = watch.ready(time.monotonic())
                if ready:
                    try:
                        self._tell(
                            _locked_run(ready, options, console), options, console
                        )
                        watch.done(ready)
                    except AnotherImportRuns:
                        console.print("Another import is running; trying again.")
                time.sleep(1)
        sys.exit(130)

    def _tell(self, report: Report, options: dict[str, Any], console: Console) -> None:
        for problem in report.problems:
            self.stderr.write(str(problem), style_func=str)
        _summary(report, console, dry_run=options["dry_run"])
        text = json.dumps(report.as_json(), ensure_ascii=False)
        if options["json"]:
            self.stdout.write(text)
        if options["report"]:
            options["report"].write_text(text + "\n", encoding="utf-8")


def _sources(options: dict[str, Any]) -> list[Source]:
    found: list[Source] = []
    try:
        for path in dict.fromkeys(options["paths"] or [str(settings.SEEDS_DIR)]):
            if path == "-":
                found.append(_standard_input(options["name"]))
            else:
                found.extend(find_sources(Path(path), root=options["root"]))
    except UnusableSource as error:
        raise CommandError(str(error), returncode=2) from None
    return found


def _standard_input(name: str | None) -> Source:
    if name is None:
        raise CommandError("standard input needs --name", returncode=2)
    if sys.stdin is None:
        raise CommandError("standard input is closed", returncode=2)
    return from_stream(sys.stdin.buffer, name=name)


def _locked_run(
    sources: list[Source], options: dict[str, Any], console: Console
) -> Report:
    """Run the import under its lock; a dry run needs none."""
    columns = TextColumn("Importing"), BarColumn(), MofNCompleteColumn()
    lock = nullcontext() if options["dry_run"] else import_lock()
    bar = Progress(*columns, console=console, disable=not console.is_terminal)
    with lock, stopping() as stopped, bar:
        task = bar.add_task("import", total=len(sources))
        return run_import(
            sources,
            Options(
                publish=options["publish"],
                dry_run=options["dry_run"],
                fail_fast=options["fail_fast"],
                strict=options["strict"],
                stop=lambda: bool(stopped),
                progress=lambda files: bar.advance(task, files),
            ),
            now=timezone.now(),
        )


def _summary(report: Report, console: Console, *, dry_run: bool) -> None:
    table = Table(title="Dry run: nothing was written" if dry_run else None)
    table.add_column("drops")
    table.add_column("", justify="right")
    for name in ("files", "created", "updated", "unchanged", "rejected"):
        table.add_row(name, f"{getattr(report, name):,}")
    table.add_section()
    for name in ("articles", "linked_pages", "stories", "listed"):
        table.add_row(f"{name.replace('_', ' ')} now", f"{getattr(report, name):,}")
    console.print(table)
    if dry_run:
        _differences(report, console)
    console.print(escape(_next_step(report, dry_run=dry_run)))
    if report.reread_due:
        console.print(
            f"{report.reread_due:,} articles were read by older rules: "
            "run manage.py reread_drops"
        )


def _differences(report: Report, console: Console) -> None:
    """Field by field what would change, and what that would do to readers' pages."""
    for source, change in report.changes.items():
        console.print(escape(source), style="bold")
        for name, (held, would_be) in change.items():
            for sign, values in (
                ("-", _less(held, would_be)),
                ("+", _less(would_be, held)),
            ):
                for value in values:
                    console.print(escape(f"  {name}: {sign} {_short(value)}"))
    for title, urls in (
        ("Would be listed", report.effects.listed),
        ("Would be hidden", report.effects.hidden),
        ("Would be in another story", report.effects.moved),
    ):
        if urls:
            console.print(f"{title}: {len(urls):,}", style="bold")
        for url in urls:
            console.print(escape(f"  {url}"))


def _less(value: object, other: object) -> list[object]:
    """What one side has and the other has not: of lists, the items."""
    if isinstance(value, list):
        return [
            item for item in value if not isinstance(other, list) or item not in other
        ]
    return [] if value is None else [value]


def _short(value: object) -> str:
    return shortened(str(value), 200, keep_blank=True)


def _next_step(report: Report, *, dry_run: bool) -> str:
    if report.interrupted:
        return "Interrupted: what was begun is in. Run it again to go on."
    if report.rejected:
        return f"{report.rejected} rejected: see the lines above, mend, import again."
    if dry_run:
        return "Run it without --dry-run to import."
    waiting = report.articles - report.listed
    if waiting:
        return f"{waiting:,} articles are not listed: publish them at /admin/."
    return "Every article is listed."
