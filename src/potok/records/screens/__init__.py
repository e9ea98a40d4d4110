"""The screens of records: list, board, card, form, drawn from the record type."""
