// Replies between people who know each other, by the place of who replies.
MATCH (place:Place)<-[:LIVES_IN]-(a:Person)<-[:HAS_CREATOR]-(r:Message)-[:REPLY_OF]->(:Message)-[:HAS_CREATOR]->(b:Person)
WHERE EXISTS { (a)-[:KNOWS]-(b) }
RETURN place.country AS country, count(*) AS replies, sum(r.length) AS length
