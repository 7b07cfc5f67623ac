"""What is said of what is not there."""

from __future__ import annotations

# The words for what is hidden and for what never was are the same.
MISSING = "The address may be mistyped, or what was here is no longer published."
