"""Learn the weights that ship with `triage` from letters of which roles and handling are known."""
