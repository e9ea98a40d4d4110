"""Calendar arithmetic: intervals, adding them to dates and moments, what a zone's clock shows."""
