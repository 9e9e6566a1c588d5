// The posts of a week with the most replies at any depth.
MATCH (post:Message)<-[:REPLY_OF*]-(reply:Message)
WHERE post.reply_of IS NULL AND post.created_ms >= 1338508800000 AND post.created_ms < 1339113600000
RETURN post.message_id AS post, count(*) AS replies, sum(reply.length) AS length ORDER BY replies DESC, post LIMIT 20
