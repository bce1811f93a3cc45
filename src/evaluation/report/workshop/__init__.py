"""Co-production workshops: the page for the room, what is said there, and how it comes back."""
