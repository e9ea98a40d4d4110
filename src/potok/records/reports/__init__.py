"""Reports: figures over the records that a filter lets through, kept under a name, and dashboards made of them."""
