"""The API: rooms' routers under one address, /api/v1/."""

from kurak.commitments.accounts.api import router as accounts
from kurak.commitments.agendas.api import router as agendas
from kurak.commitments.budgets.api import router as budgets
from kurak.commitments.indicators.api import router as indicators
from kurak.commitments.overviews.api import router as commitments
from kurak.dialogue.conversations.api import router as conversations
from kurak.ground.languages.api import router as languages
from kurak.ground.measures.api import about as about_measures
from kurak.ground.measures.api import router as measures
from kurak.ground.places.api import router as places
from kurak.ground.publishing.interface import Interface
from kurak.ground.themes.api import router as themes
from kurak.instruments.catalogue.api import router as instruments
from kurak.instruments.results.api import router as results

api = Interface(
    title="Kurak",
    version="1",
    description="What is public on this platform, without a key. CC BY 4.0 unless a source says otherwise.",
    urls_namespace="api",
)
api.add_router("/places", places)
api.add_router("/themes", themes)
api.add_router("/languages", languages)
api.add_router("/measures", measures)
api.add_router("/conversations", conversations)
api.add_router("/instruments", instruments)
api.add_router("/results", results)
api.add_router("/accounts", accounts)
api.add_router("/agendas", agendas)
api.add_router("/commitments", commitments)
api.add_router("/indicators", indicators)
api.add_router("/budgets", budgets)
api.add_router("", about_measures)
