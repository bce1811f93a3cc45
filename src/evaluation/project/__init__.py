"""The definition of a programme: what is measured, when, in whom, and how it is judged."""
