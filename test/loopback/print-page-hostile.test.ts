import { createServer, request as httpRequest } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Listening, listening } from './listening.ts'
import { bookTicket, openPrintPages, type PageClient, type PrintPageWorld, until } from './pages/print-page-world.ts'

let pages: PrintPageWorld
let client: PageClient
let jobId: string
let foreign: Listening
const html = '<img src=x onerror="document.title=1"><script>document.title="taken"</script>'
beforeAll(async () => {
  pages = await openPrintPages()
  client = await pages.start('hostile')
  const ticket = await bookTicket(pages.world, { title: html, name: html.slice(0, 90) })
  jobId = ticket.jobId
  await pages.world.send(ticket)
  await until(() => client.desk.job(jobId)?.state === 'in_the_shop' || undefined)
  foreign = await listening(
    createServer((_, response) => response.setHeader('content-type', 'text/html').end('<p>shop</p>')),
  )
})
afterAll(async () => {
  await foreign?.close()
  await pages?.close()
})

type Answered = { readonly status: number; readonly body: string; readonly headers: Record<string, unknown> }

/** As no browser would let a page do it. */
const ask = (path: string, headers: Record<string, string>, method = 'GET', body = ''): Promise<Answered> =>
  new Promise((resolve, reject) => {
    const asked = httpRequest(`${client.url}${path}`, { method, headers, agent: false }, (response) => {
      let text = ''
      response.on('data', (chunk) => {
        text += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text, headers: response.headers }))
      response.on('error', reject)
    })
    asked.on('error', reject)
    asked.end(body)
  })
const own = () => ({ origin: client.url, 'content-type': 'application/json' })
const step = { action_id: 'hostile-0001', step: 'printing' }

test('a name that was pointed to this machine gets nothing of a job, nor does a request that another site sends', async () => {
  const port = new URL(client.url).port
  for (const headers of [
    { host: `printer.evil.example:${port}` },
    { host: `127.0.0.1.evil.example:${port}` },
    { origin: 'https://evil.example' },
    { 'sec-fetch-site': 'cross-site' },
  ] as readonly Record<string, string>[]) {
    const { status, body } = await ask('/api/overview', headers)
    expect([403, 421]).toContain(status)
    expect(body).not.toContain(jobId)
  }
  const path = `/api/jobs/${jobId}/step`
  const refused = [
    await ask(path, { 'content-type': 'application/json' }, 'POST', JSON.stringify(step)),
    await ask(path, { ...own(), origin: 'http://evil.example' }, 'POST', JSON.stringify(step)),
    await ask(path, { ...own(), 'content-type': 'text/plain' }, 'POST', JSON.stringify(step)),
    await ask(
      path,
      { ...own(), host: `evil.example:${port}`, origin: `http://evil.example:${port}` },
      'POST',
      JSON.stringify(step),
    ),
  ]
  expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 421])
  expect(client.desk.job(jobId)?.said).toBe('accepted')
})

test.each<readonly [string, number, string, string]>([
  ['a body without an end', 413, 'step', `{"a":"${'x'.repeat(1_000_000)}"}`],
  ['what is no JSON', 400, 'step', '{'],
  ['fields that nobody knows', 400, 'step', JSON.stringify({ ...step, more: 1 })],
  ['a step that is none', 400, 'step', JSON.stringify({ ...step, step: 'delivered' })],
  ['a list', 400, 'ship', '[]'],
  [
    'more copies than there are',
    409,
    'ship',
    JSON.stringify({ action_id: 'hostile-0002', parcels: [{ carrier: 'a', number: 'b', quantity: 9 }] }),
  ],
  ['a day that is over', 409, 'delay', JSON.stringify({ action_id: 'hostile-0003', expected_on: '2020-01-01' })],
  ['a decision about what needs none', 409, 'decide', JSON.stringify({ action_id: 'hostile-0004', decision: 'print' })],
  ['an act of another kind', 404, 'constructor', JSON.stringify(step)],
])('%s is refused, and nothing is done', async (_, status, name, body) => {
  const answered = await ask(`/api/jobs/${jobId}/${name}`, own(), 'POST', body).catch(() => ({ status: 413 }))
  expect(answered.status).toBe(status)
  expect(client.desk.job(jobId)?.said).toBe('accepted')
})

test.each([
  '/api/jobs/job_00000000000000000000000000/picture',
  '/assets/../../../../etc/passwd',
  '/assets/..%2f..%2fpackage.json',
  '/assets/manifest.json',
  '//evil.example/',
  '/api/jobs/../../overview/x',
  '/%00',
])('there is nothing at %s', async (path) => {
  expect((await ask(path, {})).status).toBe(404)
})

test('titles and addresses are words, whatever they hold, and the page loads nothing from elsewhere', async () => {
  const asked: string[] = []
  const page = await pages.open(client)
  page.on('request', (each) => asked.push(each.url()))
  await page.goto(`${client.url}/#/job/${jobId}`)
  await page.reload()
  await page.getByRole('heading', { name: html }).waitFor()
  expect(await page.title()).toBe('Print client')
  expect(asked.filter((url) => !url.startsWith(client.url))).toEqual([])
  expect(pages.faults).toEqual([])
  const { headers } = await ask('/', {})
  expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'")
  expect(headers['access-control-allow-origin']).toBeUndefined()
})

test('a page of another site can neither press a button here, read an answer, nor frame the page', async () => {
  const context = await pages.browser.newContext()
  const page = await context.newPage()
  // Another name for this machine: another site to the browser.
  await page.goto(foreign.url.replace('127.0.0.1', 'localhost'))
  const tried: string = await page.evaluate(`(async () => {
    const path = ${JSON.stringify(`${client.url}/api/jobs/${jobId}/step`)}
    const body = ${JSON.stringify(JSON.stringify(step))}
    const tell = (work) => work.then((answer) => answer.type + answer.status, () => 'blocked')
    const said = [
      await tell(fetch(path, { method: 'POST', mode: 'no-cors', body })),
      await tell(fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body })),
      await tell(fetch(${JSON.stringify(`${client.url}/api/overview`)})),
    ]
    const frame = document.createElement('iframe')
    frame.src = ${JSON.stringify(`${client.url}/`)}
    await new Promise((resolve) => { frame.onload = resolve; document.body.append(frame) })
    return said.concat(frame.contentDocument === null ? 'framed elsewhere' : 'readable').join()
  })()`)
  expect(tried.split(',').slice(1)).toEqual(['blocked', 'blocked', 'framed elsewhere'])
  const shown = await Promise.all(
    page
      .frames()
      .slice(1)
      .map((frame) => frame.content().catch(() => '')),
  )
  for (const text of shown) expect(text).not.toContain('page-data')
  expect(client.desk.job(jobId)?.said).toBe('accepted')
  await context.close()
})
