"""Reading a drop: from the bytes of a file to a `Reading`, without Django."""
