"""What a programme can be expected to find, before it has begun."""
