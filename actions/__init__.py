"""Five thin Rasa actions: tracker in, answer core, message out."""
