"""What is known of pages, lists and constraints, as clustering asks for it."""
