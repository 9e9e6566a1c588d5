MATCH (s:Span) RETURN count(*) AS spans
