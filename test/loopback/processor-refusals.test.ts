import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { memoryBytes } from '../../services/processor/pdf/byte-sources.ts'
import { activeIn } from '../../services/processor/verify/scan-objects.ts'
import { documentOf } from '../fixtures/processor/documents.ts'
import {
  activeDocument,
  brokenTable,
  endlessTree,
  lyingCount,
  ownerLocked,
  ownerLockedPacked,
  pageBomb,
  passwordLocked,
  sharedContent,
} from '../fixtures/processor/hostile.ts'
import { jpeg } from '../fixtures/processor/pictures.ts'
import { type ProcessorWorld, type SourceSpec, startProcessorWorld } from './processor-world.ts'

let world: ProcessorWorld
let site: Server
let siteUrl: string
const fetched: string[] = []
let picture: Buffer

beforeAll(async () => {
  picture = await jpeg({ widthPx: 1300, heightPx: 1800 })
  site = createServer((request, response) => {
    fetched.push(request.url ?? '')
    if (request.url === '/picture.jpg') response.end(picture)
    else if (request.url === '/moved') response.writeHead(302, { location: '/picture.jpg' }).end()
    else if (request.url === '/to-metadata')
      response.writeHead(302, { location: 'https://169.254.169.254/latest' }).end()
    else if (request.url === '/round') response.writeHead(302, { location: '/round' }).end()
    else if (request.url === '/noise') request.socket.end('SSH-2.0-OpenSSH\r\n')
    else response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  const address: AddressInfo | string | null = site.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  siteUrl = `http://127.0.0.1:${address.port}`
  world = await startProcessorWorld({ allowedOrigins: siteUrl })
})

afterAll(async () => {
  await world?.close()
  site?.closeAllConnections()
  await new Promise((resolve) => site?.close(resolve))
})

const patient = { timeout: 120_000 }

async function answerTo(sku: string, sources: readonly SourceSpec[]) {
  const ticket = await world.ticket(sku, sources)
  await world.send(ticket)
  return await world.answer(ticket.ticketId)
}

async function refusal(sku: string, sources: readonly SourceSpec[]) {
  const answer = await answerTo(sku, sources)
  expect(answer.outcome).toBe('rejected')
  if (answer.outcome === 'rejected') {
    expect(JSON.parse((await world.stored(answer.reportKey ?? '')).toString())).toMatchObject({
      findings: answer.findings,
    })
  }
  const found = answer.findings.find(({ severity }) => severity === 'reject')
  if (!found) throw new Error('a rejection without a reason')
  return found
}

const interior = (bytes: Uint8Array): SourceSpec[] => [{ role: 'interior', bytes }]

describe('A file that cannot become the product is refused with a reason and a way out', () => {
  test('that opens with a password only', patient, async () => {
    expect(await refusal('softcover-a5', interior(await passwordLocked(34)))).toMatchObject({
      code: 'PASSWORD_REQUIRED',
      file: 'interior',
      action: expect.stringContaining('without an opening password'),
    })
  })

  test('cut off in the middle', patient, async () => {
    const whole = await documentOf({ pages: 40, widthMm: 148, heightMm: 210 })
    const { code } = await refusal('softcover-a5', interior(whole.subarray(0, whole.length / 3)))
    expect(['CORRUPT_UNRECOVERABLE', 'EMPTY_DOCUMENT', 'PAGE_COUNT_OUT_OF_RANGE']).toContain(code)
  })

  test('of no bytes', patient, async () => {
    expect(await refusal('softcover-a5', interior(Buffer.alloc(0)))).toMatchObject({ code: 'EMPTY_DOCUMENT' })
  })

  test('that is a web page called book.pdf', patient, async () => {
    const page = Buffer.from('<!doctype html><html><body>Please log in</body></html>')
    const source = { role: 'interior' as const, bytes: page, filename: 'book.pdf', contentType: 'application/pdf' }
    expect(await refusal('softcover-a5', [source])).toMatchObject({
      code: 'UNSUPPORTED_FORMAT',
      found: expect.stringContaining('web page'),
    })
  })

  test('that is a picture where pages are wanted', patient, async () => {
    expect(await refusal('softcover-a5', interior(picture))).toMatchObject({ code: 'SOURCE_MISMATCH' })
  })

  test('one page short of the least', patient, async () => {
    const bytes = await documentOf({ pages: 31, widthMm: 148, heightMm: 210 })
    expect(await refusal('softcover-a5', interior(bytes))).toMatchObject({
      code: 'PAGE_COUNT_OUT_OF_RANGE',
      found: '31 pages',
      wanted: '32 to 800 pages',
      action: expect.stringContaining('Add 1 page'),
    })
  })

  test('with too few pixels', patient, async () => {
    const bytes = await jpeg({ widthPx: 300, heightPx: 430 })
    expect(await refusal('poster-50x70', [{ role: 'image', bytes }])).toMatchObject({ code: 'RESOLUTION_TOO_LOW' })
  })

  test('of another shape', patient, async () => {
    const bytes = await jpeg({ widthPx: 6000, heightPx: 1200 })
    expect(await refusal('canvas-30x40', [{ role: 'image', bytes }])).toMatchObject({ code: 'ASPECT_MISMATCH' })
  })

  test.each([
    ['whose page tree runs in circles', endlessTree()],
    ['that claims a thousand pages in two kilobytes', pageBomb()],
  ])('%s', patient, async (_, bytes) => {
    const { code } = await refusal('softcover-a5', interior(bytes))
    expect(['CORRUPT_UNRECOVERABLE', 'EMPTY_DOCUMENT', 'PAGE_COUNT_OUT_OF_RANGE', 'RESOURCE_LIMIT']).toContain(code)
  })

  test('that was never uploaded', patient, async () => {
    expect(await refusal('poster-a3', [{ role: 'image', key: 'uploads/none' }])).toMatchObject({
      code: 'SOURCE_NOT_UPLOADED',
    })
  })

  test('other than the one announced', patient, async () => {
    const source = { role: 'image' as const, bytes: picture, sha256: '0'.repeat(64) }
    expect(await refusal('poster-a3', [source])).toMatchObject({ code: 'SOURCE_MISMATCH' })
  })
})

describe('A file with a flaw that can be mended is mended, and told', () => {
  test('protected against changes only', patient, async () => {
    const answer = await answerTo('softcover-a5', interior(await ownerLocked(34)))
    expect(answer.outcome).toBe('ready')
    expect(answer.findings.map(({ code }) => code)).toContain('ENCRYPTION_REMOVED')
  })

  test('protected against changes, with its objects packed into streams', patient, async () => {
    const answer = await answerTo('softcover-a5', interior(await ownerLockedPacked(34)))
    expect(answer).toMatchObject({ outcome: 'ready', pages: 34 })
    const codes = answer.findings.map(({ code }) => code)
    expect(codes).toContain('ENCRYPTION_REMOVED')
    expect(codes).not.toContain('XREF_REPAIRED')
  })

  test.each([30, 38])('with a page count that lies (%i): every page is printed', patient, async (count) => {
    const answer = await answerTo('softcover-a5', interior(await lyingCount(34, count)))
    expect(answer).toMatchObject({ outcome: 'ready', pages: 34 })
    expect(answer.findings.map(({ code }) => code)).toContain('XREF_REPAIRED')
  })

  test('whose 40 pages share one long stream: the print file does not hold it for each of them', patient, async () => {
    const answer = await answerTo('softcover-a5', interior(await sharedContent(40, 200_000)))
    if (answer.outcome !== 'ready') throw new Error('not ready')
    expect(answer.printFiles[0]?.sizeBytes).toBeLessThan(700_000)
  })

  test('with a broken table of objects', patient, async () => {
    expect(await answerTo('softcover-a5', interior(await brokenTable(34)))).toMatchObject({ outcome: 'ready' })
  })

  test(
    'with scripts, actions, attachments and a form: the page is printed, and no trace of them is left',
    patient,
    async () => {
      const answer = await answerTo('softcover-a5', interior(await activeDocument(34)))
      if (answer.outcome !== 'ready') throw new Error('not ready')
      const codes = answer.findings.map(({ code }) => code)
      expect(codes).toContain('SCRIPTS_REMOVED')
      expect(codes).toContain('ANNOTATIONS_FLATTENED')
      for (const { key } of answer.printFiles) {
        const pdf = await world.stored(key)
        expect(activeIn(memoryBytes(pdf))).toEqual([])
        expect(pdf.toString('latin1')).not.toMatch(
          /canary-(script|launch|attachment)|JavaScript|OpenAction|Launch|EmbeddedFile/,
        )
      }
    },
  )
})

describe('A source behind a link', () => {
  test('on an allowed origin is fetched, also after a redirect', patient, async () => {
    for (const path of ['/picture.jpg', '/moved']) {
      expect(await answerTo('poster-a3', [{ role: 'image', url: `${siteUrl}${path}` }])).toMatchObject({
        outcome: 'ready',
      })
    }
  })

  test('on this machine is refused unless allowed, and the refusal says how to allow it', patient, async () => {
    const found = await refusal('poster-a3', [{ role: 'image', url: siteUrl.replace('127.0.0.1', 'localhost') }])
    expect(found).toMatchObject({
      code: 'SOURCE_ADDRESS_FORBIDDEN',
      action: expect.stringContaining('npm start -- --allow-source http://host:port'),
    })
  })

  test('that redirects to an inside address is refused', patient, async () => {
    const found = await refusal('poster-a3', [{ role: 'image', url: `${siteUrl}/to-metadata` }])
    expect(found.code).toBe('SOURCE_ADDRESS_FORBIDDEN')
  })

  test.each([
    ['/none.jpg', '404'],
    ['/round', 'redirects'],
    ['/noise', 'not HTTP'],
  ])('that leads nowhere is refused with what was found: %s', patient, async (path, words) => {
    const found = await refusal('poster-a3', [{ role: 'image', url: `${siteUrl}${path}` }])
    expect(found).toMatchObject({ code: 'SOURCE_UNREACHABLE', found: expect.stringContaining(words) })
  })
})
