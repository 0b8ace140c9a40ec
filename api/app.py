"""The service: `create_app(settings)` returns it, ready to be served."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles

from api.freshness import Freshness
from api.guard import MCP_PATH, Guard
from api.ingest_jobs import IngestJobs, sweep
from api.library import Library
from api.mcp.endpoint import McpEndpoint
from api.methods import HeadAsGet
from api.openapi import DESCRIPTION, describe
from api.problem_responses import add_problem_responses
from api.routes import (
    addin,
    api_pages,
    asking,
    check_pages,
    checks,
    citations,
    document_pages,
    documents,
    draft_pages,
    drafts,
    health,
    ingests,
    item_pages,
    items,
    lists,
    pages,
    questions,
    settings_pages,
    written_drafts,
)
from api.routes.dependencies import Service
from api.settings import Settings
from api.web.rendering import STATIC


def create_app(settings: Settings, library: Library | None = None) -> FastAPI:
    """Return the service over `library`, by default the one the settings name, made where it is missing.

    The library's slow parts are opened by a thread of its own when the service starts; until they are,
    /readyz says so and questions wait.
    """
    library = library or Library(settings, create=True)
    service = Service(settings, library)
    jobs = IngestJobs(library)
    models = McpEndpoint(library)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        warming = threading.Thread(target=service.warm, name="warm", daemon=True)
        warming.start()
        sweep(settings.folder)
        async with models.living():
            yield
        jobs.close()
        library.close()

    app = FastAPI(
        title="对标",
        version=version("duibiao"),
        description=DESCRIPTION,
        openapi_url="/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
        middleware=[
            Middleware(Guard, settings=settings),
            Middleware(HeadAsGet),
            Middleware(GZipMiddleware, minimum_size=1024, compresslevel=5),
            Middleware(Freshness, settings=settings),
        ],
    )
    app.state.service = service
    app.state.ingests = jobs
    app.add_route(MCP_PATH, models, include_in_schema=False)  # type: ignore[arg-type]
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.include_router(health.router)
    app.include_router(questions.router)
    app.include_router(asking.router)
    app.include_router(items.router)
    app.include_router(checks.router)
    app.include_router(drafts.router)
    app.include_router(written_drafts.router)
    app.include_router(lists.router)
    app.include_router(documents.router)
    app.include_router(ingests.router)
    app.include_router(pages.router)
    app.include_router(item_pages.router)
    app.include_router(api_pages.router)
    app.include_router(document_pages.router)
    app.include_router(settings_pages.router)
    app.include_router(citations.router)
    app.include_router(addin.router)
    app.include_router(draft_pages.router)
    app.include_router(check_pages.router)
    add_problem_responses(app)
    describe(app)
    return app
