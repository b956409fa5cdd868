"""apologylint: which apologies in a customer-service reply are real."""
