"""Turn a folder of YAML entries into the Markdown pages of a handbook in several languages."""
