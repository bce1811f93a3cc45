"""Many projects of a programme: each evaluated by itself, then compared and put together."""
