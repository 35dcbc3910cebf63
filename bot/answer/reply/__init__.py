"""The reply as data, and the words and sections that it is made of. Imports no Rasa."""
