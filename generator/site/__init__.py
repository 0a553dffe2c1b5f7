"""MkDocs sites, one for each edition, built by a loop of our own that keeps what it has made.

`editions` builds them all, or lets them follow a change; `edition` says what one is made from, `above` what the site
that offers them shows. `loop` is `mkdocs.commands.build.build` again, event by event: `reading` and `conversion` keep
the HTML of a page's Markdown, `finishing` the finished page, `navigation` what pages of one folder share, `search` the
index, `outputs` the files. `serve` answers, and `later` is what waits until it is asked for; `command` builds unless
`unchanged` sees that there is nothing to do. A result is kept under a digest of all it depends on (`keys`), in one file
(`store`) that is never trusted.
"""
