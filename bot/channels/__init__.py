"""How messages come in and replies go out over HTTP."""
