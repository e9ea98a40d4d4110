"""Providers: others who vouch for people, so that they sign in with what they have already."""
