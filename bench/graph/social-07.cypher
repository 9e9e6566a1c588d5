// Circles of three friends, by the country of one.
MATCH (place:Place)<-[:LIVES_IN]-(a:Person)-[:KNOWS]->(b:Person)-[:KNOWS]->(c:Person), (a)-[:KNOWS]->(c)
WHERE place.country IN ['country-07', 'country-21', 'country-33']
RETURN place.country AS country, count(*) AS circles
