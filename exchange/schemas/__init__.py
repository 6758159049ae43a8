"""marshmallow schemas: the only gate into the store and the shape of every answer."""
