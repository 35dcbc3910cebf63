"""The read-only page of all facts: Datasette, in an environment of its own, over a copy that people can read."""
