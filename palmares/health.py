"""What a load balancer asks: is the process alive, and can it serve?"""

import logging

from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)


@require_safe
@never_cache
def livez(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers; looks at nothing else, so that a lost database restarts no process."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and every migration is applied, otherwise 503. Says which, and no more.

    Cost: two queries, and the migrations read from disk.
    """
    state = _database_state()
    return JsonResponse(state, status=200 if set(state.values()) == {"ok"} else 503)


def _database_state() -> dict[str, str]:
    try:
        executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error:
        logger.exception("readyz: the database does not answer")
        return {"database": "unavailable", "migrations": "unknown"}
    return {"database": "ok", "migrations": "pending" if pending else "ok"}
