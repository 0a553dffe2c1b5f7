"""The command line, and problems as people and programs read them."""
