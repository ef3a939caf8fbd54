import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exampleWebhook } from '#contracts/order-api/webhook.ts'
import { type Ended, inProcess } from './cli-api/in-process.ts'
import { type ApiUnderTest, startApi } from './order-api/platform.ts'

const script = join(import.meta.dirname, '../../scripts/printcloud.mjs')
let api: ApiUnderTest
let folder = ''
beforeAll(async () => {
  api = await startApi()
  folder = await mkdtemp(join(tmpdir(), 'printcloud-cli-api-'))
  await writeFile(join(folder, 'poster.jpg'), randomBytes(40_000))
  const address = { line1: 'Oudegracht 1', city: 'Utrecht', postal_code: '3511 AA', country: 'NL' }
  await writeFile(join(folder, 'ada.json'), JSON.stringify({ name: 'Ada', address }))
})
afterAll(async () => {
  await api?.close()
  await rm(folder, { recursive: true, force: true })
})

type Environment = Readonly<Record<string, string>>

/** A process of its own, as a person's shell runs it; `input` comes through a pipe. */
function asProcess(words: readonly string[], input = ''): Promise<Ended> {
  return new Promise((resolve) => {
    const env = { PATH: process.env.PATH ?? '', HOME: folder, XDG_CONFIG_HOME: join(folder, 'config') }
    const child = execFile(process.execPath, [script, ...words], { cwd: folder, env }, (error, out, told) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, told })
    })
    child.stdin?.end(input)
  })
}

/** The same without the cost of a process. Files are named by their whole paths. */
const printcloud = (words: readonly string[], environment: Environment): Promise<Ended> =>
  inProcess(
    words.map((word) => (/\.(jpg|json|pdf)$/.test(word) && !word.includes('/') ? join(folder, word) : word)),
    { XDG_CONFIG_HOME: join(folder, 'config'), ...environment },
  )

/** As the test account. */
const as = (...words: readonly string[]): Promise<Ended> =>
  printcloud(words, { PRINTCLOUD_API_URL: api.url, PRINTCLOUD_API_KEY: api.secretKey })

async function jsonOf(...words: readonly string[]) {
  const { code, out, told } = await as(...words, '--json')
  expect([code, told]).toEqual([0, ''])
  return JSON.parse(out)
}

test('a key is kept for its owner alone, proven first, never shown whole, and forgotten on logout', async () => {
  const nobody = await asProcess(['orders'])
  expect([nobody.code, nobody.told.split('\n')[0]]).toEqual([77, 'You are not logged in.'])
  const wrong = await asProcess(['login', '--url', api.url], `sk_test_${'x'.repeat(40)}\n`)
  expect([wrong.code, wrong.told]).toEqual([77, expect.stringContaining('nothing was kept')])
  const done = await asProcess(['login', '--url', `${api.url}/`], `${api.secretKey}\n`)
  expect([done.code, done.told]).toEqual([0, ''])
  const path = join(folder, 'config', 'printcloud', 'profiles.json')
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  expect(await readFile(path, 'utf8')).toContain(api.secretKey)
  const who = await printcloud(['whoami'], {})
  expect(who.out).toContain('test: nothing is printed or charged')
  expect(done.out + who.out).not.toContain(api.secretKey)
  expect((await printcloud(['orders', '--profile', 'live'], {})).told).toContain('There is no profile "live".')
  await printcloud(['logout'], {})
  expect(await readFile(path, 'utf8')).not.toContain(api.secretKey)
  expect((await printcloud(['whoami'], {})).code).toBe(77)
})

test('login --local takes the front door of the platform that runs here, as the terminal and the start page name it', async () => {
  const { secretKey } = api
  await mkdir(join(folder, '.printcloud'))
  const local = { baseUrl: api.url, apiUrl: 'http://127.0.0.1:9', secretKey }
  await writeFile(join(folder, '.printcloud', 'local.json'), JSON.stringify(local))
  const done = await asProcess(['login', '--local'])
  expect([done.code, done.out]).toEqual([0, expect.stringContaining(`${api.url} · profile default`)])
  await printcloud(['logout'], {})
})

test('a poster is uploaded, ordered, found, shown, asked about and cancelled; each with words and with JSON', async () => {
  const ordered = await jsonOf('order', 'poster.jpg', '--sku', 'poster-a3', '--to', 'ada.json', '--reference', 'cli-1')
  expect(ordered).toMatchObject({ object: 'order', reference: 'cli-1', items: [{ sku: 'poster-a3', quantity: 1 }] })
  expect((await jsonOf('orders', '--limit', '1')).data).toMatchObject([{ id: ordered.id }])
  expect((await as('orders')).out).toContain(ordered.id)
  const shown = await as('show', ordered.id)
  expect(shown.out).toContain('To Ada, Oudegracht 1, 3511 AA Utrecht, NL')
  expect((await as('actions', ordered.id)).out).toMatch(/^cancel +yes/m)
  expect((await as('cancel', ordered.id)).out).toContain(`Cancelled ${ordered.id}.`)
  const watched = await as('watch', ordered.id)
  expect([watched.code, watched.out]).toEqual([1, expect.stringMatching(/\d\d:\d\d:\d\d {2}.+\n✗ cancelled\n$/s)])
  const lines = (await as('watch', ordered.id, '--json')).out.trim().split('\n')
  expect(lines.map((line) => JSON.parse(line).sequence)).toEqual(lines.map((_line, index) => index + 1))
})

test('what is quoted is what is ordered and charged', async () => {
  const wanted = ['--sku', 'poster-a3', '--quantity', '3', '--country', 'NL', '--postal-code', '3511 AA']
  const quote = await jsonOf('quote', ...wanted)
  const standard = quote.shipping_options.find(
    (option: { shipping_method: string }) => option.shipping_method === 'standard',
  )
  const label = ['--name', 'Ada', '--line1', 'Oudegracht 1', '--city', 'Utrecht']
  const ordered = await jsonOf('order', 'poster.jpg', ...wanted, ...label, '--quote')
  expect(ordered.charges.gross).toBe(standard.charges.gross)
  expect((await as('quote', ...wanted)).out).toMatch(/3 × poster-a3.+\n.*shipping.+\n.*tax.+\n.*Total/)
})

test('the same order sent twice with its key is one order; a draft waits to be confirmed; a whole order comes as JSON', async () => {
  const words = ['order', 'https://example.com/a.jpg', '--sku', 'poster-a3', '--to', 'ada.json', '--draft']
  const [one, two] = [
    await jsonOf(...words, '--idempotency-key', 'cli-key'),
    await jsonOf(...words, '--idempotency-key', 'cli-key'),
  ]
  expect([one.stage, two.id]).toEqual(['draft', one.id])
  expect((await as('confirm', one.id)).out).toContain(`Ordered ${one.id}`)
  await writeFile(
    join(folder, 'order.json'),
    JSON.stringify({
      recipient: one.recipient,
      shipping_method: 'standard',
      items: [{ sku: 'poster-a3', quantity: 2, files: { image: 'https://example.com/a.jpg' } }],
    }),
  )
  expect((await jsonOf('order', '--body', 'order.json')).items[0].quantity).toBe(2)
})

test('files are uploaded one after the other and named by their ids', async () => {
  const { data } = await jsonOf('upload', 'poster.jpg', 'poster.jpg')
  expect(data.map((file: { status: string }) => file.status)).toEqual(['uploaded', 'uploaded'])
  expect((await as('upload', 'poster.jpg')).out).toMatch(/^fil_\w{26} +poster\.jpg +40\.0 kB$/m)
  expect(await as('upload', 'nowhere.pdf')).toMatchObject({ code: 66, out: '' })
})

test.each([
  [['order'], 64, 'No file is named.'],
  [['order', 'poster.jpg', '--sku', 'poster-a3'], 64, 'Missing: --name'],
  [['order', 'poster.jpg', 'poster.jpg', '--sku', 'canvas-30x40', '--to', 'ada.json'], 64, 'made of one picture'],
  [['order', 'poster.jpg', '--sku', 'no-such', '--to', 'ada.json'], 2, 'not in the catalogue'],
  [['order', '--body', 'ada.json'], 64, 'is no order'],
  [['quote', '--sku', 'poster-a3', '--country', 'NL', '--quantity', '-1'], 64, '--quantity'],
  [['show', 'ord_01kvqj7d2e8w5x3n6a9b4c1f0g'], 2, 'not_found'],
  [['show'], 64, 'id of an order'],
  [['webhooks', 'add', 'https://10.0.0.1/'], 2, 'webhook_target_forbidden'],
  [['webhooks', 'add', 'http://127.0.0.1:5555'], 2, '--allow-webhook'],
  [['order', 'poster.jpg', '--sku', 'poster-a3', '--to', 'nowhere.json'], 66, 'There is no such file.'],
  [['quote', '--sku', 'softcover-a5', '--country', 'NL'], 2, 'npx printcloud preflight FILE'],
  [['change', 'ord_01kvqj7d2e8w5x3n6a9b4c1f0g'], 64, 'nothing to change'],
  [['reprint', 'ord_01kvqj7d2e8w5x3n6a9b4c1f0g', '--reason', 'torn'], 64, 'whose fault'],
  [['keys', 'add', 'x', '--scope', 'everything'], 64, 'There is no scope'],
])('"%s" ends with %i and says what to do', async (words, code, said) => {
  const ended = await as(...words)
  expect([ended.code, ended.out]).toEqual([code, ''])
  expect(ended.told).toContain(said)
  expect(ended.told.trim().split('\n').length).toBeGreaterThanOrEqual(3)
})

test('an API that is not there, and a key that may not, have exit codes of their own', async () => {
  const away = await printcloud(['orders'], {
    PRINTCLOUD_API_URL: 'http://127.0.0.1:9',
    PRINTCLOUD_API_KEY: api.secretKey,
  })
  expect([away.code, away.told]).toEqual([69, expect.stringContaining('network_error')])
  const { secret } = await jsonOf('keys', 'add', 'reader', '--scope', 'orders:read')
  const environment = { PRINTCLOUD_API_URL: api.url, PRINTCLOUD_API_KEY: secret }
  expect((await printcloud(['orders'], environment)).code).toBe(0)
  expect((await printcloud(['balance'], environment)).told).toContain('insufficient_scope')
  const { data } = await jsonOf('keys', 'list')
  const { id } = data.find((key: { name: string }) => key.name === 'reader')
  expect((await as('keys', 'revoke', id)).out).toBe(`Revoked ${id}.\n`)
  expect((await printcloud(['orders'], environment)).code).toBe(77)
})

test('a key has several scopes and an end at once', async () => {
  const day = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)
  const key = await jsonOf('keys', 'add', 'both', '--scopes', 'orders:read,files:write', '--expires', day)
  expect(key).toMatchObject({
    scopes: expect.arrayContaining(['files:write', 'orders:read']),
    expires_at: `${day}T00:00:00.000Z`,
  })
})

test('files come later, shipping is changed, an order is held and goes on, and a draft says until when', async () => {
  const address = { line1: 'Oudegracht 1', city: 'Utrecht', postal_code: '3511 AA', country: 'NL' }
  const body = {
    recipient: { name: 'Ada', address },
    shipping_method: 'standard',
    items: [{ sku: 'poster-a3', quantity: 1, files_later: true }],
  }
  await writeFile(join(folder, 'later.json'), JSON.stringify(body))
  const { id, stage } = await jsonOf('order', '--body', 'later.json')
  expect(stage).toBe('awaiting_files')
  expect((await as('show', id)).out).toMatch(/awaiting files, cancelled unless they come until \d{4}-/)
  expect((await as('change', id, '--shipping', 'express')).out).toContain('express shipping')
  expect((await as('hold', id)).out).toContain(`Held ${id}.`)
  expect((await as('files', id, 'poster.jpg')).out).toBe(`Sent for poster-a3; ${id} is in preflight.\n`)
  expect((await as('files', id, 'itm_01kvqj7d2e8w5x3n6a9b4c1f0g', 'poster.jpg')).told).toContain('There is no item')
  expect((await as('release', id)).out).toBe(`${id} goes on: preflight.\n`)
  expect((await as('reprint', id, '--reason', 'torn', '--fault', 'facility')).told).toContain('action_not_allowed')
  const draft = await jsonOf('order', 'poster.jpg', '--sku', 'poster-a3', '--to', 'ada.json', '--draft')
  expect((await as('show', draft.id)).out).toMatch(/draft, to be confirmed until \d{4}-/)
})

test('the balance is shown, and webhooks are listed, added and removed', async () => {
  expect((await as('balance')).out).toMatch(/BALANCE +CREDIT +TO SPEND +OWED/)
  const made = await jsonOf('webhooks', 'add', exampleWebhook.url, '--type', 'order.shipped')
  expect(made.secret).toMatch(/^whsec_/)
  expect((await as('webhooks', 'list')).out).toContain(exampleWebhook.url)
  expect((await as('webhooks', 'deliveries', made.id)).out).toBe('Nothing was sent yet.\n')
  await as('webhooks', 'remove', made.id)
  expect((await jsonOf('webhooks', 'list')).data).toEqual([])
})

test('every command has its help, in eighty columns', async () => {
  const { out } = await printcloud(['help'], {})
  const names = [...out.matchAll(/^ {2}((?:publications|webhooks|keys) \w+|\w+)/gm)].map((match) => match[1] ?? '')
  const local = ['preflight', 'make', 'products']
  const helps = await Promise.all(
    names.filter((name) => !local.includes(name)).map((name) => printcloud([...name.split(' '), '--help'], {})),
  )
  expect(helps.length).toBeGreaterThanOrEqual(20)
  for (const each of [out, ...helps.map((help) => help.out)]) {
    expect(each.split('\n').filter((line) => line.length > 80)).toEqual([])
  }
  expect(helps.every(({ code, out: text }) => code === 0 && text.startsWith('Use: npx printcloud '))).toBe(true)
})
