"""Records in and out: tables (CSV, XLSX) written from a list, and read into records with a trial before.

`cells` says what a value looks like in a table, `export` writes tables, `sheets` reads them whatever they are,
`guessing` finds the fields for their columns, `reading` makes values of rows, `matching` finds the records that hold
them, `judging` says what would become of each row, `carrying` does it in the background and takes it back.
"""
