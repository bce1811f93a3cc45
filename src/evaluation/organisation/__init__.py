"""What is measured about organisations from the answers of several people in each."""
