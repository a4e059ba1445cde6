"""How the pages are served, here and in the image. gunicorn reads this file by itself."""

import gc
import os

# GUNICORN_CMD_ARGS and the command line win over what stands here.
bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = 4
timeout = 60
graceful_timeout = 10
# A leak somewhere in a library never grows for long.
max_requests = 20_000
max_requests_jitter = 2_000
# A worker's sign of life must not wait for a disk.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108
control_socket_disable = True
preload_app = True


def when_ready(server: object) -> None:
    """Load once what every page needs; the workers, which are copies, share its memory."""
    from godview import warm
    from metrics.queries import stamps

    warm.make_ready()
    stamps.make_ready()
    gc.collect()
    gc.freeze()
