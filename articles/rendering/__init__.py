"""What readers get of stories: shaped from rows, rendered by templates, kept ready.

`cards` and `story` shape, `render` makes HTML of that, `keep` stores it.
"""
