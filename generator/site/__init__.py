"""The MkDocs plugin: one site that holds every edition, and the preview of it."""
