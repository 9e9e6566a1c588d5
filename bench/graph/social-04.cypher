// What is talked about where.
MATCH (place:Place)<-[:LIVES_IN]-(:Person)<-[:HAS_CREATOR]-(m:Message)-[:HAS_TAG]->(t:Tag)
RETURN place.country AS country, t.class AS class, count(*) AS messages
