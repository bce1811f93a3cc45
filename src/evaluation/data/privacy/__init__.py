"""What keeps people unknown: identity numbers, contact data, open answers, retention and a last look."""
