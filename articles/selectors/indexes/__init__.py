"""Topics and publishers: their indexes, the page of each, how publishers compare."""
