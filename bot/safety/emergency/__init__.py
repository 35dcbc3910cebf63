"""Whether a message is an emergency, what is said then, and which number is to be called. Imports no Rasa."""
