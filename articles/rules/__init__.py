"""Pure rules: the standard library and a stemmer; no Django, clock or network."""
