"""Screens: `review` is the one to work in, the others ask or tell one thing."""
