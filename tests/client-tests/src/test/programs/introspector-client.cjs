/* Lets the introspector that GraphQL and other tools build on read our schema. Lines as with the driver's program. */
'use strict'
const path = require('node:path')
const { createRequire } = require('node:module')

const [uri, libraries] = process.argv.slice(2)
const from = createRequire(path.join(libraries, 'package.json'))
const neo4j = from('neo4j-driver')
const { toGenericStruct, toGraphQLTypeDefs } = from('@neo4j/introspector')
const assert = require('node:assert/strict')

async function check (feature, run) {
  try {
    await run()
    console.log('@ok ' + feature)
  } catch (e) {
    console.log('@fail ' + feature + ': ' + String(e.stack || e).replace(/\s+/g, ' '))
  }
}

async function main () {
  const driver = neo4j.driver(uri, neo4j.auth.basic('alice', 'wonderland'))
  const sessions = () => driver.session({ defaultAccessMode: neo4j.session.READ })
  await check('connect', () => driver.verifyConnectivity())
  await check('metadata', async () => {
    const struct = await toGenericStruct(sessions)
    assert.match(JSON.stringify(Object.keys(struct.nodes)), /Sample/)
    assert.match(JSON.stringify(Object.keys(struct.relationships)), /LINK/)
    const types = await toGraphQLTypeDefs(sessions)
    assert.match(types, /type Sample/)
    assert.match(types, /type: "LINK"/)
  })
  await driver.close()
}

main()
