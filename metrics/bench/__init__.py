"""How fast the product is, beside a floor measured in the same run. Never on the real database."""
