"""Tells people things: a notice for what happened, one inbox row for whatever waits for a person."""
