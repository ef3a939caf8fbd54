import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createLog } from '#chassis/log.ts'
import { documentPaths } from '#contracts/published/document-paths.ts'
import { createEdge } from '../../local/edge/edge.ts'
import { createOriginGroup } from '../../local/edge/origin-group.ts'
import { type FrontDoor, startFrontDoor } from '../../local/front-door/front-door.ts'
import { freePorts } from '../../local/supervisor/ports.ts'
import { purge } from './edge-guarantees.ts'
import { rawStatus, read } from './edge-requests.ts'
import { type EdgeWorld, startEdgeWorld } from './edge-world.ts'
import { hostileRequests, hostileTargets, requestOf } from './hostile-targets.ts'

let world: EdgeWorld
let door: FrontDoor
let folder = ''

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'printcloud-door-'))
  world = await startEdgeWorld()
  door = await startFrontDoor({
    port: 0,
    // Nothing listens there: order-api is down in all of these tests.
    orderApiUrl: `http://127.0.0.1:${await freePorts(1)}`,
    checkoutUrl: `http://127.0.0.1:${await freePorts(1)}`,
    edge: createEdge({ origin: createOriginGroup(world.origins) }),
    paymentsUrl: 'http://127.0.0.1:9',
    mailUrl: 'http://127.0.0.1:9',
    samplesFolder: folder,
    shops: [],
    log: createLog('front-door', 'silent'),
  })
})
afterAll(async () => {
  await door?.close()
  await world?.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('with order-api away', () => {
  test('documents, prices and the status page are served all the same, from the first read on', async () => {
    const body = '{"object":"catalogue","data":[]}'
    for (const path of [documentPaths.catalogue, documentPaths.prices('EUR'), documentPaths.publication('pub_1')]) {
      await world.publish(path, { body })
      expect(await read(door.url, path)).toMatchObject({ status: 200, text: body, cache: 'Miss' })
    }
    await world.publish(documentPaths.status, { body: '{"object":"status"}' })
    await world.publish(documentPaths.page('status'), { body: '<!doctype html>', type: 'text/html; charset=utf-8' })
    expect(await read(door.url, '/status.json')).toMatchObject({ status: 200, text: '{"object":"status"}' })
    const page = await read(door.url, '/status')
    expect(page).toMatchObject({ status: 200, text: '<!doctype html>' })
    expect(page.headers['content-security-policy']).toContain("default-src 'none'")
    expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'")
    expect((await read(door.url, '/v1/catalogue')).status).toBe(503)
  })

  test('the start page leads to them', async () => {
    const { text } = await read(door.url, '/')
    for (const link of ['href="/public/v1/catalogue.json"', 'href="/status"']) expect(text).toContain(link)
  })

  test('an edit is visible after its purge', async () => {
    const path = documentPaths.publication('pub_2')
    await world.publish(path, { body: '1', tags: ['publication:pub_2', 'product:a'] })
    expect((await read(door.url, path)).text).toBe('1')
    await world.publish(path, { body: '2', tags: ['publication:pub_2', 'product:a'] })
    expect((await read(door.url, path)).text).toBe('1')
    const { status, headers } = await purge(door.url, 'product:zzz publication:PUB_2')
    expect([status, headers['x-purged']]).toEqual([200, '1'])
    expect((await read(door.url, path)).text).toBe('2')
  })

  test('a purge without tags is told what it lacks, and drops nothing', async () => {
    const answer = await read(door.url, '/', {}, 'PURGE')
    expect(answer.status).toBe(422)
    expect(JSON.parse(answer.text)).toMatchObject({ code: 'invalid_request', retryable: false })
  })

  test('pages of any origin may read, and are told so before they ask with headers of their own', async () => {
    const path = documentPaths.publication('pub_3')
    await world.publish(path, { body: '1' })
    for (const at of [path, documentPaths.publication('pub_none')]) {
      expect((await read(door.url, at, { origin: 'https://a.example' })).headers['access-control-allow-origin']).toBe(
        '*',
      )
    }
    const told = await read(door.url, path, { origin: 'https://a.example' }, 'OPTIONS')
    expect(told.status).toBe(204)
    expect(told.headers).toMatchObject({ 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' })
  })

  test('no answer and no store is a problem that says to come again', async () => {
    for (const gate of Object.values(world.gates)) gate.set('refused')
    const answer = await read(door.url, documentPaths.publication('pub_4'))
    for (const gate of Object.values(world.gates)) gate.set('open')
    expect(answer).toMatchObject({ status: 502, cache: 'Error' })
    expect(answer.headers).toMatchObject({ 'content-type': 'application/problem+json', 'cache-control': 'no-store' })
    expect(JSON.parse(answer.text)).toMatchObject({ status: 502, code: 'unavailable', retryable: true })
  })

  test('hostile targets under /public/ reach neither a store nor order-api', async () => {
    const before = world.asked()
    for (const target of hostileTargets) {
      expect([400, 404, 431], target.slice(0, 80)).toContain(await rawStatus(door.url, requestOf(target)))
    }
    for (const request of hostileRequests) expect(await rawStatus(door.url, request)).toBeLessThan(500)
    expect(world.asked()).toBe(before)
  })
})
