MATCH (s:Span)
OPTIONAL MATCH (c:Span)-[:CHILD_OF]->(s)
WITH s, count(c) AS children
RETURN children, count(*) AS spans
