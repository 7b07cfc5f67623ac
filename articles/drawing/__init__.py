"""Pictures that the site draws itself: places and sizes, for templates to write as SVG.

A story is a coverage strip on cards and a timeline on its page, which stands on a time
axis; topics and publishers have a sparkline, by steps of weeks or months.
"""
