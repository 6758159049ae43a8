"""The engines of the search: `contract` says what each can do, one package each beside it."""
