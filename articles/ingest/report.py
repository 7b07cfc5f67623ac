"""What an import did: counts and problems, for people and for programs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from articles.drops.problems import Problem, Severity
from articles.rules.phrasing import one_line
from articles.settle import Effects

Change = dict[str, list[Any]]  # field -> [held, would be]


@dataclass(frozen=True, slots=True)
class FileProblem:
    """A problem and the file it is in."""

    path: str
    problem: Problem

    def __str__(self) -> str:
        """One line: `path:line:column: field: message`, absent parts left out."""
        place = [self.path]
        for number in (self.problem.line, self.problem.column):
            if number is not None:
                place.append(str(number))
        field_name = f"{self.problem.field}: " if self.problem.field else ""
        warning = "warning: " if self.problem.severity == "warning" else ""
        return one_line(
            f"{':'.join(place)}: {field_name}{warning}{self.problem.message}"
        )

    def as_json(self) -> dict[str, Any]:
        return {
            "path": one_line(self.path),
            "line": self.problem.line,
            "column": self.problem.column,
            "field": self.problem.field,
            "severity": self.problem.severity,
            "message": self.problem.message,
        }


@dataclass(slots=True)
class Report:
    """Counts of one run's files, and of the whole site after it."""

    files: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    seconds: float = 0.0
    articles: int = 0
    linked_pages: int = 0
    stories: int = 0
    listed: int = 0
    reread_due: int = 0  # articles that were read by other rules than today's
    unlisted: dict[str, int] = field(default_factory=dict)  # why, and how many
    import_run: int | None = None
    started_at: datetime | None = None
    interrupted: bool = False
    dry_run: bool = False
    problems: list[FileProblem] = field(default_factory=list)
    # By source, field -> [held, is or would be]; of a dry run, what readers would see.
    changes: dict[str, Change] = field(default_factory=dict)
    effects: Effects = field(default_factory=Effects)

    @property
    def exit_code(self) -> int:
        """0 all imported, 1 some drops rejected, 130 interrupted."""
        return 130 if self.interrupted else 1 if self.rejected else 0

    def reject(self, label: str, message: str) -> None:
        """Count a file as rejected and say why."""
        self.rejected += 1
        self.tell(label, "error", message)

    def tell(self, label: str, severity: Severity, message: str) -> None:
        """Say what concerns a file as a whole."""
        problem = Problem(None, None, "", severity, message)
        self.problems.append(FileProblem(label, problem))

    def as_json(self) -> dict[str, Any]:
        """The one object that `--json` prints and `--report` writes."""
        counts = (
            "files created updated unchanged rejected seconds "
            "articles linked_pages stories listed import_run"
        )
        found: dict[str, Any] = {name: getattr(self, name) for name in counts.split()}
        found["seconds"] = round(self.seconds, 3)
        found["problems"] = [problem.as_json() for problem in self.problems]
        if self.reread_due:
            found["reread_due"] = self.reread_due
        if self.dry_run:
            found["dry_run"] = True
            found["changes"] = self.changes
            found["would_be_listed"] = self.effects.listed
            found["would_be_hidden"] = self.effects.hidden
            found["would_change_story"] = self.effects.moved
        return found
