"""From a document, as YAML or JSON give it, to a Declaration; or all that is wrong with it, place by place."""

from kurak.engines.composite.declaring.declare import declare

__all__ = ["declare"]
