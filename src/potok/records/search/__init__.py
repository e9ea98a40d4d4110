"""One search over records, people, tasks, what was said, and files: it forgives, and shows only what one may see."""
