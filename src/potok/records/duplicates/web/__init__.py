"""Screens of duplicates: the hint on forms, the inbox of suspected pairs, the preview of a merge."""
