"""One story: its page, its coverage, its timeline, and why each page is in it."""
