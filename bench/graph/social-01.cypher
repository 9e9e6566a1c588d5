// People whom a person does not know but many friends do.
MATCH (p:Person {person_id: $key})-[:KNOWS]-(friend:Person)-[:KNOWS]-(other:Person)
WHERE other.person_id <> $key AND NOT EXISTS { (p)-[:KNOWS]-(other) }
RETURN other.person_id AS person, count(DISTINCT friend) AS common ORDER BY common DESC, person LIMIT 20
