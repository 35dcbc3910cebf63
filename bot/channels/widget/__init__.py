"""The website widget: its channel, its sessions, its pages, and the websites that may use it."""
