"""The forms a process is written in. Each offers three verbs: `read`, `write`, `compile`; see `tree`."""
