"""What stands in the place of parts of Rasa: tracker store, lock store, set replies, graph runner, actions."""
