"""Taking versions of drops away: set aside by an undo, or forgotten."""
