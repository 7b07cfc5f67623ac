"""Drops into the site: found, checked, stored, undone, exported, read again."""
