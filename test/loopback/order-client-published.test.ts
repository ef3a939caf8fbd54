import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ApiUnderTest, startApi } from './order-api/platform.ts'
import { startShopSite } from './order-client/shop-site.ts'
import { launchBrowser } from './pages/browser.ts'
import { nodeOfTheMachine } from './pages/node-of-the-machine.ts'

const run = promisify(execFile)
const root = join(import.meta.dirname, '..', '..')
let api: ApiUnderTest
let folder = ''
/** Where a shop has the package after `npm install printcloud-client-….tgz`. */
let installed = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'printcloud-package-'))
  const pack = async () => {
    await run('npm', ['run', 'build:client'], { cwd: root })
    return await run('npm', ['pack', './dist/client', '--json', '--pack-destination', folder], { cwd: root })
  }
  const [{ stdout }, started] = await Promise.all([pack(), startApi()])
  api = started
  const [name] = (await readdir(folder)).filter((each) => each.endsWith('.tgz'))
  if (name === undefined) throw new Error(`npm pack made no package: ${stdout}`)
  const shop = join(folder, 'shop')
  installed = join(shop, 'node_modules', 'printcloud-client')
  await mkdir(installed, { recursive: true })
  await writeFile(join(shop, 'package.json'), JSON.stringify({ name: 'shop', type: 'module' }))
  await run('tar', ['-xzf', join(folder, name), '-C', installed, '--strip-components=1'])
})
afterAll(async () => {
  await api?.close()
  await rm(folder, { recursive: true, force: true })
})

const shopScript = `
import { createServer } from 'node:http'
import { createClient, fileCache, fileSpool, PrintcloudError, verifyWebhook } from 'printcloud-client/node'
import * as portable from 'printcloud-client'
const [baseUrl, apiKey] = process.argv.slice(2)
const client = createClient({ baseUrl, apiKey, cache: { store: fileCache('cache') }, spool: fileSpool('spool') })
const file = await client.files.upload(new Blob([new Uint8Array(200_000)]), { filename: 'a.jpg' })
const order = await client.orders.create({
  recipient: { name: 'Ada', address: { line1: 'Oudegracht 1', city: 'Utrecht', postal_code: '3511 AA', country: 'NL' } },
  shipping_method: 'standard',
  items: [{ sku: 'poster-a3', quantity: 1, files: { image: file.id } }],
})
const read = await client.orders.get(order.id)
let code = ''
await client.orders.get('ord_unknown').catch((error) => { code = error instanceof PrintcloudError ? error.code : String(error) })
const forged = await verifyWebhook({}, '', 'whsec_AAAA').catch((error) => error.code)
console.log(JSON.stringify({ node: process.version, same: read.id === order.id, isStale: read.isStale, code, forged,
  portable: Object.keys(portable).sort() }))
`

test('the packed client works in plain JavaScript on the machine’s own Node, with nothing installed beside it', async () => {
  const shop = dirname(dirname(installed))
  await writeFile(join(shop, 'shop.js'), shopScript)
  const { stdout } = await run(nodeOfTheMachine(), ['shop.js', api.url, api.secretKey], { cwd: shop })
  expect(JSON.parse(stdout)).toEqual({
    node: expect.stringMatching(/^v(18|2\d)\./),
    same: true,
    isStale: false,
    code: 'not_found',
    forged: 'webhook_not_genuine',
    portable: ['PrintcloudError', 'createClient', 'memoryCache', 'verifyWebhook'],
  })
})

test('the package is small, needs no other and has its licence', async () => {
  const [packed = ''] = (await readdir(folder)).filter((each) => each.endsWith('.tgz'))
  expect((await stat(join(folder, packed))).size).toBeLessThan(100_000)
  const { name, dependencies, peerDependencies, license } = JSON.parse(
    await readFile(join(installed, 'package.json'), 'utf8'),
  )
  expect([name, license, dependencies, peerDependencies]).toEqual([
    'printcloud-client',
    'Apache-2.0',
    undefined,
    undefined,
  ])
  expect(await readFile(join(installed, 'LICENSE'), 'utf8')).toContain('Apache License')
})

test('the reader for buttons is one file of at most 1,024 packed bytes', async () => {
  const script = await readFile(join(installed, 'browser', 'read.js'))
  expect(gzipSync(script).byteLength).toBeLessThanOrEqual(1024)
  expect(await readdir(join(installed, 'browser'))).toEqual(['read.d.ts', 'read.js'])
})

test('nothing that is published imports anything but itself and, behind its own entry, Node', async () => {
  const files = (await readdir(installed, { recursive: true })).filter((name) => /\.(js|d\.ts)$/.test(name))
  const strangers: string[] = []
  for (const name of files) {
    const text = await readFile(join(installed, name), 'utf8')
    for (const [, specifier = ''] of text.matchAll(/(?:from |import\()'([^']+)'/g)) {
      const isOwn = /^\.{1,2}\/.*\.js$/.test(specifier)
      if (!isOwn && !(name.startsWith('node/') && specifier.startsWith('node:')))
        strangers.push(`${name} → ${specifier}`)
    }
  }
  expect(strangers).toEqual([])
  expect(files.length).toBeGreaterThan(40)
})

const sample = `
import { createClient, type Order, type OrderRequest, PrintcloudError, type Read, verifyWebhook } from 'printcloud-client'
import { readPublication } from 'printcloud-client/browser'
import { fileCache, fileSource } from 'printcloud-client/node'
const client = createClient({
  baseUrl: 'https://api.example.com', cdnUrl: 'https://cdn.example.com', apiKey: 'sk_test_x', cache: { store: fileCache('cache') },
  onStale: ({ path, ageSeconds, cause }) => path.slice(ageSeconds) + cause.code,
})
export async function shown(): Promise<string> {
  const reading = await readPublication('https://cdn.example.com/public/v1/publications/pub_x.json')
  const { offers, isStale } = await client.published.publication('pub_x')
  const product = await client.published.product(offers[0]?.sku ?? '')
  for await (const { version, changed } of client.publications.versions('pub_x')) if (isStale) return changed[version] ?? ''
  // @ts-expect-error a publication has an offer at least, and a currency
  await client.publications.create({ title: 'A', content: { kind: 'asynchronous' } })
  return reading?.document.title ?? product.title
}
const request: OrderRequest = {
  recipient: { name: 'Ada', address: { line1: '1', city: 'Utrecht', postal_code: '3511 AA', country: 'NL' } },
  shipping_method: 'standard',
  items: [{ sku: 'poster-a3', quantity: 1, files: { image: 'fil_x' } }],
}
export async function all(): Promise<Read<Order>> {
  const order: Order = await client.orders.create(request)
  const stage: 'draft' | 'shipped' | string = order.stage
  for await (const event of client.events.follow({ after: 7 })) if (event.type === stage) break
  await client.files.upload(await fileSource('a.pdf'), { filename: 'a.pdf', onProgress: ({ sentBytes }) => sentBytes.toFixed() })
  const message = await verifyWebhook(new Headers(), new Uint8Array(), ['a', 'b'])
  const read = await client.orders.get(message.data.order_id ?? '')
  if (read.isStale) throw new PrintcloudError({ code: read.storedAt, detail: '', isRetryable: false })
  // @ts-expect-error a country has two letters, and an item a quantity
  const wrong: OrderRequest = { ...request, items: [{ sku: 'poster-a3' }] }
  // @ts-expect-error there is no such method
  await client.orders.create({ ...wrong, shipping_method: 'teleport' })
  return read
}
`

test.each([
  ['a page', { lib: ['es2022', 'dom', 'dom.iterable', 'dom.asynciterable'], types: ['node'] }],
  ['Node', { lib: ['es2022'], types: ['node'] }],
])('the types are whole and exact for a program of %s, checked without looking away', async (_name, options) => {
  const shop = dirname(dirname(installed))
  await writeFile(join(shop, 'sample.ts'), sample)
  const compilerOptions = {
    ...{ target: 'es2022', module: 'nodenext', strict: true, noEmit: true, exactOptionalPropertyTypes: true },
    ...{ skipLibCheck: false, noUncheckedIndexedAccess: true, typeRoots: [join(root, 'node_modules', '@types')] },
    ...options,
  }
  await writeFile(join(shop, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['sample.ts'] }))
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  const { stdout } = await run(process.execPath, [compiler, '-p', shop]).catch((error: { stdout: string }) => error)
  expect(stdout.split('\n').filter((line) => !line.includes(join(root, 'node_modules')))).toEqual([''])
})

test('the packed client works in a real browser, in a page and in a worker', async () => {
  const site = await startShopSite(installed, api.url)
  const browser = await launchBrowser()
  try {
    const page = await browser.newPage()
    await page.goto(site.url)
    const inPage = await page.evaluate(pageScript(site.url, api.secretKey))
    expect(inPage).toEqual({
      file: 'uploaded',
      sentBytes: 2_000_000,
      reference: 'from a page',
      code: 'not_found',
      isStale: true,
      forged: 'webhook_not_genuine',
    })
    expect(await page.evaluate(workerScript(site.url))).toBeGreaterThan(10)
  } finally {
    await browser.close()
    await site.close()
  }
})

/** As text: what the test runner makes of an import() is not for pages. */
const pageScript = (baseUrl: string, apiKey: string): string => `(async () => {
  const { createClient, memoryCache, verifyWebhook } = await import('/client/index.js')
  let isDown = false
  const client = createClient({
    baseUrl: '${baseUrl}', apiKey: '${apiKey}', retries: 0, cache: { store: memoryCache() },
    fetch: (address, init) => fetch(isDown ? 'http://127.0.0.1:1/' : address, init),
  })
  const order = await client.orders.create({
    reference: 'from a page',
    recipient: { name: 'Ada', address: { line1: 'Oudegracht 1', city: 'Utrecht', postal_code: '3511 AA', country: 'NL' } },
    shipping_method: 'standard',
    items: [{ sku: 'poster-a3', quantity: 1, files: { image: 'https://example.com/a.jpg' } }],
  })
  const codeOf = (work) => work.then(() => '', (error) => error.code)
  const code = await codeOf(client.orders.get('ord_unknown'))
  const forged = await codeOf(verifyWebhook({}, '', 'whsec_AAAA'))
  isDown = true
  const { isStale } = await client.orders.get(order.id)
  isDown = false
  const told = []
  const picture = new Blob([new Uint8Array(2_000_000)], { type: 'image/png' })
  const file = await client.files.upload(picture, { filename: 'from a page', onProgress: ({ sentBytes }) => told.push(sentBytes) })
  return { reference: order.reference, code, isStale, forged, file: file.status, sentBytes: told.at(-1) }
})()`

/** The worker says how many products there are. */
const workerScript = (baseUrl: string): string => `new Promise((resolve) => {
  const source = \`
    import { createClient } from '${baseUrl}/client/index.js'
    const told = createClient({ baseUrl: '${baseUrl}' }).catalogue.list()
    told.then(({ data }) => postMessage(data.length), (error) => postMessage(String(error)))\`
  const address = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }))
  const worker = new Worker(address, { type: 'module' })
  worker.onmessage = ({ data }) => resolve(data)
  worker.onerror = (event) => resolve(event.message)
})`
