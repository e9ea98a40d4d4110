"""Who works here: persons, departments, groups, roles; who may come in and who may do what."""
