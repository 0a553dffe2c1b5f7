"""Pages as Markdown, in the languages of an edition."""
