# The product alone: no tests, no demo. Built without secrets, runs as an ordinary user.
FROM python:3.11-slim-bookworm AS packages
COPY requirements/base.txt /requirements.txt
RUN python -m venv /venv \
 && /venv/bin/pip install --no-cache-dir --require-hashes --requirement /requirements.txt

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin godview \
 && install --directory --owner godview /var/lib/godview
COPY --from=packages /venv /venv
WORKDIR /app
COPY manage.py manage.py
COPY gunicorn.conf.py gunicorn.conf.py
COPY godview godview
COPY clients clients
COPY tasks tasks
COPY training training
COPY metrics metrics
COPY templates templates
COPY static static
COPY locale locale
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    MALLOC_ARENA_MAX=2 \
    REMAP_SIGTERM=SIGQUIT \
    STATIC_HASHED=1 \
    BEAT_SCHEDULE_FILE=/var/lib/godview/beat-schedule \
    WEB_CONCURRENCY=2 \
    HOST=0.0.0.0 \
    PORT=8000
# The key is for this line only: nothing is signed while files are collected.
RUN SECRET_KEY=collecting python manage.py collectstatic --no-input --verbosity 0
USER godview
EXPOSE 8000
CMD ["gunicorn", "godview.wsgi"]
