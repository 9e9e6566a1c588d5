/*
 * Uses the JavaScript driver as its users do, in Node or, with a second argument "browser", the driver's browser build
 * over WebSocket. Prints a line for each feature; asks the test by a line when something has to happen on the other side.
 */
'use strict'
const assert = require('node:assert/strict')
const path = require('node:path')
const readline = require('node:readline')
const { createRequire } = require('node:module')

const [uri, libraries, build] = process.argv.slice(2)
const from = createRequire(path.join(libraries, 'package.json'))
const neo4j = build === 'browser' ? browserBuild() : from('neo4j-driver')
const MILLION = 1000000

function browserBuild () {
  globalThis.window = globalThis
  globalThis.self = globalThis
  globalThis.document = {}
  globalThis.location = { protocol: 'http:' }
  return from('neo4j-driver/lib/browser/neo4j-web.js')
}

const waiting = []
const lines = readline.createInterface({ input: process.stdin })
lines.on('line', line => waiting.shift()(line))

function ask (what) {
  return new Promise(resolve => {
    waiting.push(resolve)
    console.log('@ask ' + what)
  })
}

async function check (feature, run) {
  try {
    await run()
    console.log('@ok ' + feature)
  } catch (e) {
    const where = /javascript-client\.cjs:(\d+)/.exec(e.stack || '')
    console.log('@fail ' + feature + ': ' + String(e.message || e).replace(/\s+/g, ' ') + (where ? ' at line ' + where[1] : ''))
  }
}

async function fails (code, run) {
  try {
    await run()
  } catch (e) {
    assert.equal(e.code, code, String(e.message))
    return e
  }
  assert.fail('expected ' + code + ' but nothing failed')
}

const driver = neo4j.driver(uri, neo4j.auth.basic('alice', 'wonderland'))

async function within (options, work) {
  const session = driver.session(options)
  try {
    return await work(session)
  } finally {
    await session.close()
  }
}

const one = (query, parameters, options) =>
  within(options, async session => (await session.run(query, parameters)).records[0].get(0))

async function connect () {
  const info = await driver.getServerInfo()
  assert.match(info.agent, /^Neo4j\//)
  assert.ok(info.protocolVersion >= 5.8 || Number(info.protocolVersion.major) >= 5, String(info.protocolVersion))
  assert.equal(await driver.verifyAuthentication({ auth: neo4j.auth.basic('alice', 'wonderland') }), true)
  const other = neo4j.driver(uri, neo4j.auth.basic('alice', 'wonderland'))
  try { // on a connection that has just logged in, this driver assumes that it may
    assert.equal(await other.verifyAuthentication({ auth: neo4j.auth.basic('alice', 'wrong') }), false)
  } finally {
    await other.close()
  }
  assert.equal((await one('RETURN 1 AS one')).toNumber(), 1)
}

async function routing () {
  const routed = neo4j.driver(uri.replace('bolt://', 'neo4j://'), neo4j.auth.basic('alice', 'wonderland'))
  try {
    await routed.verifyConnectivity()
    const { records } = await routed.executeQuery('MATCH (s:Sample) RETURN count(*) AS n', {}, { database: 'clients' })
    assert.ok(records[0].get('n').toNumber() >= 2)
  } finally {
    await routed.close()
  }
}

async function values () {
  const p = await one("MATCH (s:Sample {id: 'a1'}) RETURN properties(s) AS p")
  assert.equal(p.flag, true)
  assert.equal(p.small.toNumber(), 7)
  assert.equal(p.large.toString(), String(2 ** 40))
  assert.equal(p.single, 0.5)
  assert.equal(p.wide, 2.25)
  assert.equal(p.text, 'grün 🙂')
  assert.deepEqual(Array.from(new Uint8Array(p.raw.buffer || p.raw)).slice(-2), [1, 2])
  assert.equal(p.uuid, '1363f25c-aeb7-4570-9d32-0a1b2c3d4e5f')
  assert.equal(p.day.toString(), '2026-11-21')
  assert.equal(p.clock.toString(), '12:00:00.123456000')
  assert.equal(p.local.toString(), '2026-11-21T12:00:00.123456000')
  assert.equal(p.instant.toStandardDate().toISOString(), '2026-11-21T10:00:00.123Z')
  assert.equal(p.money, 12.5)
  assert.deepEqual(p.tags, ['a', null])
  assert.equal(p.attributes.k.toNumber(), 9)
  assert.ok(!('missing' in p))
}

/* The driver's own types have a text of their own, maps and lists have one by JSON. */
function text (value) {
  return Array.isArray(value) || (value && value.constructor === Object) ? JSON.stringify(value) : String(value)
}

async function parameters () {
  const sent = [
    null, true, -1.5e300, 'it\'s "grün" 🙂\n', neo4j.int('-9223372036854775808'), [neo4j.int(1), ['x']],
    { a: { b: neo4j.int(2) } }, new neo4j.types.Date(1969, 12, 31), new neo4j.types.LocalTime(1, 2, 3, 4),
    new neo4j.types.Time(1, 2, 3, 4, -10800), new neo4j.types.LocalDateTime(1900, 1, 1, 0, 0, 0, 5),
    new neo4j.types.DateTime(2026, 7, 1, 12, 0, 0, 0, 7200),
    new neo4j.types.DateTime(2026, 7, 1, 12, 0, 0, 0, 7200, 'Europe/Paris'), new neo4j.types.Duration(1, 2, 3, 4)
  ]
  for (const value of sent) {
    const back = await one('RETURN $x AS x', { x: value })
    assert.equal(text(back), text(value))
    assert.equal(back === null ? null : back.constructor, value === null ? null : value.constructor)
  }
  await fails('Neo.ClientError.Statement.ParameterMissing', () => one('RETURN $nothing'))
}

async function nodes () {
  const node = await one('MATCH (s:Sample {id: $id}) RETURN s', { id: 'a1' })
  assert.ok(neo4j.isNode(node))
  assert.deepEqual(node.labels, ['Sample'])
  assert.equal(node.elementId, 'Sample[a1]')
  const same = await one('MATCH (s) WHERE elementId(s) = $id RETURN s', { id: node.elementId })
  assert.equal(same.elementId, node.elementId)
}

async function relationships () {
  const [a, l, b] = await one('MATCH (a:Sample)-[l:LINK]->(b:Sample) RETURN [a, l, b]')
  assert.equal(l.type, 'LINK')
  assert.equal(l.properties.weight, 0.75)
  assert.equal(l.startNodeElementId, a.elementId)
  assert.equal(l.endNodeElementId, b.elementId)
}

async function paths () {
  const found = await one('MATCH p = (b:Sample)<-[:LINK*1..2]-(a:Sample) RETURN p')
  assert.equal(found.length, 1)
  assert.equal(found.start.elementId, 'Sample[a2]')
  assert.equal(found.end.elementId, 'Sample[a1]')
}

async function transaction () {
  const count = async runner =>
    (await runner.run('MATCH (s:Sample) RETURN count(*) AS n')).records[0].get('n').toNumber()
  await within({}, async session => {
    const tx = session.beginTransaction ? await session.beginTransaction() : assert.fail('no transactions')
    const before = await count(tx)
    assert.equal(await ask('append'), 'done')
    assert.equal(await count(tx), before)
    await tx.commit()
    assert.equal(await count(session), before + 1)
    assert.equal(await session.executeRead(count), before + 1)
    const undone = await session.beginTransaction()
    await count(undone)
    await undone.rollback()
  })
}

async function stream () {
  await within({ fetchSize: 2000 }, async session => {
    let rows = 0
    let sum = 0
    for await (const record of session.run("MATCH (n:Number) RETURN n.n AS n, 'a text for number ' + n.n AS t")) {
      sum += record.get('n').toNumber()
      rows++
    }
    assert.equal(rows, MILLION)
    assert.equal(sum, MILLION * (MILLION - 1) / 2)
  })
}

async function cancel () {
  await within({ fetchSize: 100 }, async session => {
    let rows = 0
    for await (const record of session.run('MATCH (a:Number), (b:Number) RETURN a.n AS a, b.n AS b')) {
      if (record && ++rows === 10) {
        break
      }
    }
    assert.equal(rows, 10)
  })
  assert.equal(await ask('running'), '0')
  assert.equal((await one('RETURN 1 AS one')).toNumber(), 1)
}

async function timeout () {
  await within({}, session => fails('Neo.ClientError.Transaction.TransactionTimedOut', () => session.run(
    'MATCH (a:Number), (b:Number), (c:Number) RETURN sum(a.n + b.n + c.n) AS n', {}, { timeout: 300 })))
}

async function error () {
  const syntax = await fails('Neo.ClientError.Statement.SyntaxError', () => one('MATCH (s:Sample)\nRETRUN s'))
  assert.match(syntax.message, /line 2, column 1/)
  if ('gqlStatus' in syntax) {
    assert.equal(syntax.gqlStatus, '42001')
  }
  await fails('Neo.ClientError.Statement.AccessMode', () => one('CREATE (n:Sample)'))
  await fails('Neo.ClientError.Procedure.ProcedureNotFound', () => one('CALL no.such.procedure()'))
  await fails('Neo.ClientError.Database.DatabaseNotFound', () => one('RETURN 1', {}, { database: 'nowhere' }))
}

async function plan () {
  await within({}, async session => {
    const explained = (await session.run("EXPLAIN MATCH (s:Sample {id: 'a1'}) RETURN s.text")).summary
    assert.equal(explained.queryType, 'r')
    assert.ok(explained.plan.operatorType.length > 0)
    const profiled = (await session.run("PROFILE MATCH (s:Sample {id: 'a1'}) RETURN s.text")).summary
    assert.match(JSON.stringify(profiled.profile), /files/)
  })
}

async function notifications () {
  await within({}, async session => {
    const { summary } = await session.run('MATCH (a:Sample), (b:Sample) RETURN count(*)')
    assert.match(JSON.stringify(summary.notifications || summary.gqlStatusObjects), /artesian/)
  })
}

async function tenant () {
  const count = "MATCH (s:Sample) WHERE s.id STARTS WITH 'g' RETURN count(*) AS n"
  assert.equal((await one(count)).toNumber(), 0)
  const service = neo4j.driver(uri, neo4j.auth.basic('backend', 'looking-glass'))
  try {
    const asking = async options => {
      const session = service.session(options)
      try {
        return (await session.run(count)).records[0].get('n').toNumber()
      } finally {
        await session.close()
      }
    }
    assert.equal(await asking({ impersonatedUser: 'globex' }), 1)
    assert.equal(await asking({ impersonatedUser: 'acme' }), 0)
    await fails('Neo.ClientError.Security.Forbidden', () => asking({}))
  } finally {
    await service.close()
  }
}

async function procedures () {
  const labels = await one('CALL db.labels() YIELD label WITH label ORDER BY label RETURN collect(label) AS labels')
  assert.deepEqual(labels, ['Number', 'Sample'])
}

async function reconnect () {
  await one('RETURN 1 AS one')
  assert.equal(await ask('drop'), 'done')
  await within({}, async session => {
    assert.equal(await session.executeRead(async tx => (await tx.run('RETURN 2 AS two')).records[0].get('two').toNumber()), 2)
  })
}

async function tls () {
  const encrypted = neo4j.driver(uri.replace('bolt://', 'bolt+ssc://'), neo4j.auth.basic('alice', 'wonderland'))
  try {
    const { records } = await encrypted.executeQuery("MATCH (s:Sample {id: 'a1'}) RETURN count(*)")
    assert.equal(records[0].get(0).toNumber(), 1)
  } finally {
    await encrypted.close()
  }
}

async function main () {
  const checks = {
    connect, routing, values, parameters, nodes, relationships, paths, transaction, stream, cancel, timeout, error, plan,
    notifications, tenant, procedures, reconnect
  }
  if (build !== 'browser') { // a browser trusts certificates of its own choice
    checks.tls = tls
  }
  for (const [feature, run] of Object.entries(checks)) {
    await check(feature, run)
  }
  await driver.close()
  lines.close()
}

main()
