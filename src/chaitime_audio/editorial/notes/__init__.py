"""Show notes: summary, keywords, quotes, headlines, and their wording under guard."""
