"""Finding drops: files, folders, archives, standard input, and what arrives."""
