"""Files of several annotators' answers, without server or database. Nothing here needs Django."""
