"""Duplicates: found while one types and among what is there, merged with a preview, and taken apart again."""
