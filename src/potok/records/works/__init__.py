"""A work: something done to many rows in the background, in somebody's name. Imports and changes of many records are.

`models.Work` is what they share, `operations` stop them, let them go on and take them back, `carrying` does a batch of
lines after the other, each in a transaction.
"""
