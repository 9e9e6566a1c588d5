// Tags of replies to messages about a tag, where the reply is about something else.
MATCH (topic:Tag {name: 'tag-0003'})<-[:HAS_TAG]-(:Message)<-[:REPLY_OF]-(r:Message)-[:HAS_TAG]->(other:Tag)
WHERE NOT EXISTS { (r)-[:HAS_TAG]->(topic) }
RETURN other.name AS tag, count(DISTINCT r) AS replies ORDER BY replies DESC, tag LIMIT 50
