"""Value lists that the customer keeps: sources, reasons of refusal.

A part declares one with what it begins with; administrators add to it, rename and take away (see
`records.operations.dictionaries`). A field of the kind `FromDictionary` offers what stands there now; its value is the
entry's code, which never changes.
"""
