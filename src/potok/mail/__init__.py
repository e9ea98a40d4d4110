"""Letters that leave the company by e-mail, in the name of its people."""
