from metrics.dashboards.wall.page import VIEWS, Wall, wall

__all__ = ["VIEWS", "Wall", "wall"]
