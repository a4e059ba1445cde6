"""One page's numbers, gathered once, in few queries."""
