"""The CRM with a million records: a company made by a seed, its pages held against bare SQL, fifty people at once, and
Tryton on the same PostgreSQL."""
