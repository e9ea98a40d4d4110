"""One change of many records: begun at once, carried out in the background, stopped, and taken back as a whole."""
