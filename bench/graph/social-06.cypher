// Who replies to whom, by country.
MATCH (to:Place)<-[:LIVES_IN]-(:Person)<-[:HAS_CREATOR]-(:Message)<-[:REPLY_OF]-(r:Message)
    -[:HAS_CREATOR]->(:Person)-[:LIVES_IN]->(from:Place)
RETURN from.country AS from_country, to.country AS to_country, count(*) AS replies, sum(r.length) AS length
