"""The process engine: pure functions over values. No framework, no clock, no network, no chance, no log.

Whatever the outside knows (the time, a record's field, a person's name) comes in as an argument.
"""
