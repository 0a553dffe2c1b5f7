"""Which pages there are and what each shows, decided before anything is rendered."""
