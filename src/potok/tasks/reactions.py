"""What follows when something happened to a task: the inbox row of its responsible person, notices to the others."""
