"""What the handbook knows: YAML files, checked, as models."""
