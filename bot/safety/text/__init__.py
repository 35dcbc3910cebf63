"""The text of a message before its meaning: language, spelling, letters in disguise, lists of words. Imports no Rasa."""
