"""Widgets: each shows values it is given and speaks in its own messages."""
