"""Keeping a site going: copies of its database, and what is wrong with it."""
