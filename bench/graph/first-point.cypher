MATCH (p:Person {person_id: $key})-[:LIVES_IN]->(place:Place)
RETURN p.first_name AS name, p.created_ms AS created, place.name AS place, place.country AS country
