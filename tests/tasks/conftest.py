from tests.asana_double.fixtures import double

__all__ = ["double"]
