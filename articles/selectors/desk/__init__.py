"""What editors see: a story with all its pages, what was decided, what might be."""
