"""Publishers' pictures through this site, so that publishers do not see its readers.

`signing` says in an address which picture is asked for. `getting` answers from the disk
(`keeping`), or from the publisher (`fetching`, which asks no private machine: see
`web_address` and `public`), in the size that a page uses (`shrinking`).
"""
