"""Texts: cleaned, folded, read as words, stemmed, spelled for addresses."""
