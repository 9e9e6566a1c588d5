// Who writes most about a tag, and how many answer.
MATCH (:Tag {name: 'tag-0042'})<-[:HAS_TAG]-(m:Message)-[:HAS_CREATOR]->(p:Person)
OPTIONAL MATCH (m)<-[:REPLY_OF]-(r:Message)
RETURN p.person_id AS person, count(DISTINCT m) AS messages, count(r) AS replies
ORDER BY replies DESC, messages DESC, person LIMIT 20
