"""One MkDocs site, built by a loop of our own that keeps what it has made.

`loop` is `mkdocs.commands.build.build` again, event by event; `conversion` keeps the HTML of a page's Markdown,
`finishing` the finished page, `navigation` what pages of one folder share, `search` the index, `outputs` the files.
`edition` says what an edition's site is made from; `serve` answers, and `later` is what waits until it is asked for.
A result is kept under a digest of all it depends on (`keys`), in one file (`store`) that is never trusted.
"""
