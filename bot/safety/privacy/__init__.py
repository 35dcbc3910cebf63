"""Takes personal data out of messages. Imports no Rasa."""
