"""How good retrieval, extraction and answers are: measures and the sets they run on."""
