// The newest messages of somebody's friends.
MATCH (:Person {person_id: $key})-[:KNOWS]-(friend:Person)<-[:HAS_CREATOR]-(m:Message)
RETURN friend.person_id AS person, m.message_id AS message, m.created_ms AS created
ORDER BY created DESC, message LIMIT 20
