import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { faultOf } from '../../../services/cli/fault-of.ts'
import { marginOf, marginText } from '../../../services/cli/margin.ts'
import { painter } from '../../../services/cli/text/paint.ts'
import { conditionOf, statusText } from '../../../services/cli/text/status-text.ts'
import { PrintcloudError, type StatusDocument } from '../../../services/order-client/index.ts'
import { inProcess } from '../../loopback/cli-api/in-process.ts'
import { listening } from '../../loopback/listening.ts'

test.each([
  ['20%', 'EUR', { percent: 20 }],
  ['12.5 %', 'EUR', { percent: 12.5 }],
  ['0%', 'EUR', { percent: 0 }],
  ['3.00', 'EUR', { amount: 300 }],
  ['3', 'EUR', { amount: 300 }],
  ['3.5', 'EUR', { amount: 350 }],
  ['300', 'JPY', { amount: 300 }],
  ['1.25', 'BHD', { amount: 1250 }],
] as const)('a margin of "%s" in %s is what people mean by it', (text, currency, margin) => {
  expect(marginOf(text, currency, 'x')).toEqual(margin)
})

test.each([
  ['1001%', 'EUR'],
  ['-1', 'EUR'],
  ['3,00', 'EUR'],
  ['3.001', 'EUR'],
  ['1.5', 'JPY'],
  ['1000000.01', 'EUR'],
  ['', 'EUR'],
  ['1e3', 'EUR'],
] as const)('a margin of "%s" in %s is refused, and it is said what one looks like', (text, currency) => {
  expect(() => marginOf(text, currency, 'x')).toThrow('--margin')
})

test('margins are shown as they are said', () => {
  expect(marginText({ percent: 12.5 }, 'EUR')).toBe('+12.5 %')
  expect(marginText({ amount: 350 }, 'EUR')).toBe('+3.50 EUR')
  expect(marginText(undefined, 'EUR')).toBe('')
})

const now = Date.parse('2026-11-21T20:00:00Z')
const said = (secondsAgo: number, condition: StatusDocument['condition']): StatusDocument => ({
  object: 'status',
  written_by: 'platform',
  at: new Date(now - secondsAgo * 1000).toISOString(),
  next_at: new Date(now - secondsAgo * 1000 + 60_000).toISOString(),
  condition,
  parts: [
    { name: 'orders', condition: 'working' },
    { name: 'delivery', condition, detail: 'Parcels are late.' },
  ],
})
const pageUrl = 'https://cdn.example.com/status'

test.each([
  [said(4, 'working'), undefined, 'working'],
  [said(4, 'working'), said(5, 'down'), 'down'],
  [said(4, 'degraded'), said(5, 'working'), 'degraded'],
  [said(600, 'working'), undefined, 'unknown'],
  [said(600, 'working'), said(5, 'working'), 'unknown'],
  [said(600, 'working'), said(5, 'down'), 'down'],
  [said(4, 'working'), said(6_000, 'down'), 'working'],
  [undefined, undefined, 'unknown'],
] as const)(
  'status %#: a platform that fell silent is not known to work, and the worse of two counts',
  (platform, probe, condition) => {
    expect(conditionOf({ platform, probe, pageUrl }, now)).toBe(condition)
  },
)

test('the status is three lines, with ages', () => {
  const paint = painter(false)
  expect(
    statusText({ platform: said(4, 'degraded'), probe: said(40, 'working'), pageUrl }, now, paint).split('\n'),
  ).toEqual([
    '! Degraded, as of 4 s ago',
    'orders working · delivery degraded (Parcels are late.)',
    'From outside: working, seen 40 s ago · https://cdn.example.com/status',
  ])
  expect(statusText({ platform: said(600, 'working'), probe: undefined, pageUrl }, now, paint).split('\n')).toEqual([
    '? Unknown, the platform has said nothing for 10 min',
    'orders working · delivery working',
    'From outside: nobody looks · https://cdn.example.com/status',
  ])
})

let close = async (): Promise<void> => undefined
afterEach(() => close())

/** A CDN that has these files. */
async function cdnOf(files: Readonly<Record<string, object>>): Promise<string> {
  const server = createServer((request, response) => {
    const file = files[request.url ?? '']
    response.writeHead(file === undefined ? 404 : 200).end(JSON.stringify(file))
  })
  const site = await listening(server)
  close = site.close
  return site.url
}

test('the status is read without a key, and its exit code is for scripts', async () => {
  const at = new Date().toISOString()
  const fresh = { ...said(0, 'working'), at, next_at: new Date(Date.now() + 60_000).toISOString() }
  const url = await cdnOf({ '/public/v1/status/platform.json': fresh })
  const well = await inProcess(['status', '--url', `${url}/`], {})
  expect([well.code, well.told, well.out.split('\n').length]).toEqual([0, '', 4])
  const json = await inProcess(['status', '--json'], { PRINTCLOUD_CDN_URL: url })
  expect(JSON.parse(json.out)).toEqual({
    condition: 'working',
    platform: fresh,
    probe: null,
    page_url: `${url}/status`,
  })
  expect((await inProcess(['status', '--url', `${url}/elsewhere`], {})).code).toBe(1)
  expect((await inProcess(['status', '--url', 'http://127.0.0.1:9'], {})).code).toBe(69)
  expect((await inProcess(['status', '--url', 'cdn'], {})).code).toBe(64)
  expect((await inProcess(['status'], { XDG_CONFIG_HOME: '/nowhere' })).code).toBe(77)
})

const api = { PRINTCLOUD_API_URL: 'http://127.0.0.1:9', PRINTCLOUD_API_KEY: `sk_test_${'a'.repeat(36)}` }
const create = ['publications', 'create', '--title', 'A', '--currency', 'EUR', '--sku', 'poster-a3']

test.each([
  [
    ['publications', 'create'],
    64,
    'Missing: --file (or --url, --page-origin, or --asynchronous), --title, --sku, --currency',
  ],
  [create, 64, 'Missing: --file (or --url, --page-origin, or --asynchronous); or --json-file'],
  [[...create, '--url', 'https://example.com/a.pdf', '--file', 'a.pdf'], 64, 'more than one content'],
  [[...create, '--url', 'https://example.com/a.pdf', '--currency', 'DEM'], 64, 'EUR'],
  [[...create, '--url', 'https://example.com/a.pdf', '--margin', 'much'], 64, '--margin is "much"'],
  [[...create, '--url', 'https://example.com/a.pdf', '--country', 'Holland'], 64, '--country'],
  [[...create, '--file', '/nowhere.pdf'], 66, '/nowhere.pdf'],
  [[...create, '--file', 'package.json'], 2, 'The name "package.json" says no type'],
  [['publications', 'update', 'pub_1'], 64, 'nothing to change'],
  [['publications', 'publish'], 64, 'id of a publication'],
  [['publications', 'show', 'pub_1'], 69, 'network_error'],
  [['publications', 'create', '--json-file', '/nowhere.json'], 66, 'no such file'],
])('"%s" ends with %i and says what to do, before anything is sent', async (words, code, told) => {
  const ended = await inProcess(words, api)
  expect([ended.code, ended.out]).toEqual([code, ''])
  expect(ended.told).toMatch(new RegExp(told.replaceAll(/[()]/g, '\\$&'), 'i'))
  expect(ended.told.trim().split('\n').length).toBeGreaterThanOrEqual(3)
})

test('what cannot be undone sends nobody to the list of what is possible with an order', () => {
  const refused = { title: 'No', code: 'action_not_allowed', status: 409, isRetryable: false }
  const of = (detail: string) => String(faultOf(new PrintcloudError({ ...refused, detail })))
  expect(of('pub_1 has one version: there is nothing to undo.')).toContain('publications versions')
  expect(of('ord_1 is shipped.')).toContain('npx printcloud actions')
})

test('a publication as JSON is held against the contract before it is sent', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'printcloud-publication-'))
  const path = join(folder, 'publication.json')
  await writeFile(path, JSON.stringify({ title: 'A', offers: [] }))
  const ended = await inProcess(['publications', 'create', '--json-file', path], api)
  await rm(folder, { recursive: true })
  expect([ended.code, ended.told]).toEqual([64, expect.stringContaining('is no publication')])
})
