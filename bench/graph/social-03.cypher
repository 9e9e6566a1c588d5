// Tags that grew or shrank most from one month to the next.
MATCH (m:Message)-[:HAS_TAG]->(t:Tag)
WHERE m.created_ms >= 1325376000000 AND m.created_ms < 1330560000000
WITH t.name AS tag, sum(CASE WHEN m.created_ms < 1328054400000 THEN 1 ELSE 0 END) AS before,
    sum(CASE WHEN m.created_ms >= 1328054400000 THEN 1 ELSE 0 END) AS after
RETURN tag, before, after, abs(after - before) AS change ORDER BY change DESC, tag LIMIT 100
