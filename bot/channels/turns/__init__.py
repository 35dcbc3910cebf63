"""One turn of a conversation: its limits, its place in the line, its time, its lock, what is remembered."""
