"""The palette and the page of the search."""
