"""One MkDocs site, built by a loop of our own that keeps what it has made.

`loop` is `mkdocs.commands.build.build` again, event by event; `conversion` keeps the HTML of a page's Markdown,
`finishing` the finished page, `navigation` what pages of one folder share, `search` the index, `outputs` the files.
A result is kept under a digest of all it depends on (`keys`), in one file (`store`) that is never trusted.
"""
