"""The Slack app: reads what Slack sends, lays replies out, delivers them."""
