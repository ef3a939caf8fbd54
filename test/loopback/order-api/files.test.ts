import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { callerOf } from './client.ts'
import { type ApiUnderTest, startApi } from './platform.ts'

let api: ApiUnderTest
let call: ReturnType<typeof callerOf>
const bytes = Buffer.from('%PDF-1.7 not really')
const announced = { filename: 'book.pdf', content_type: 'application/pdf', size_bytes: bytes.length }

beforeAll(async () => {
  api = await startApi()
  call = callerOf(api)
})
afterAll(() => api?.close())

const put = (upload: { url: string; headers: Record<string, string> }, body: Uint8Array<ArrayBuffer>) =>
  fetch(upload.url, { method: 'PUT', headers: upload.headers, body })

describe('a file', () => {
  test('is announced, uploaded straight to storage, and then known as uploaded', async () => {
    const { status, json } = await call('POST', '/v1/files', { body: announced })
    expect([status, json.status]).toEqual([201, 'awaiting_upload'])
    expect((await call('GET', `/v1/files/${json.id}`)).json.status).toBe('awaiting_upload')
    expect((await put(json.upload, bytes)).status).toBe(200)
    const { upload: _, expires_at: __, ...rest } = json
    expect((await call('GET', `/v1/files/${json.id}`)).json).toEqual({ ...rest, status: 'uploaded' })
  })

  test('with a sha256 is taken only with the bytes that were announced', async () => {
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const { json } = await call('POST', '/v1/files', { body: { ...announced, sha256 } })
    expect((await put(json.upload, Buffer.from('%PDF-1.7 not reallx'))).status).toBe(400)
    expect((await put(json.upload, bytes)).status).toBe(200)
  })

  test('of another size or another type than announced is not taken', async () => {
    const { json } = await call('POST', '/v1/files', { body: announced })
    expect((await put(json.upload, Buffer.from('longer than what was said'))).status).toBe(403)
    const asImage = { ...json.upload, headers: { ...json.upload.headers, 'content-type': 'image/png' } }
    expect((await put(asImage, bytes)).status).toBe(403)
  })

  test('that cannot be printed is refused before it is uploaded', async () => {
    const { status, json } = await call('POST', '/v1/files', {
      body: { filename: 'a.exe', content_type: 'application/x-msdownload', size_bytes: 0 },
    })
    expect(status).toBe(422)
    expect(json.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual([
      '/content_type',
      '/size_bytes',
    ])
  })

  test('that is not in the account is not found', async () => {
    expect((await call('GET', '/v1/files/fil_0')).json.code).toBe('not_found')
  })
})

describe('the catalogue', () => {
  test('lists every product, and one product by its sku', async () => {
    const { json } = await call('GET', '/v1/catalogue', { key: '' })
    expect(json.data.length).toBeGreaterThanOrEqual(5)
    expect((await call('GET', `/v1/catalogue/${json.data[0].sku}`, { key: '' })).json).toEqual(json.data[0])
    expect((await call('GET', '/v1/catalogue/mug', { key: '' })).status).toBe(404)
  })

  test('geometry gives the sheet in millimetres and points, with the spine and how it was found', async () => {
    const { json } = await call('GET', '/v1/catalogue/softcover-6x9/geometry?pages=210', { key: '' })
    const cover = json.components[1]
    expect([cover.sheet_width_pt, cover.sheet_height_pt]).toEqual([920.374, 666])
    expect(json.spine).toMatchObject({ formula: 'pages × mm_per_page + plus_mm', inputs: { pages: 210 } })
  })

  test('geometry at a facility has that facility’s bleed and spine', async () => {
    const own = await call('GET', '/v1/catalogue/softcover-a5/geometry?pages=100', { key: '' })
    const leipzig = await call('GET', '/v1/catalogue/softcover-a5/geometry?pages=100&facility=fac_leipzig', { key: '' })
    expect(leipzig.json.spine.width_mm).toBeGreaterThan(own.json.spine.width_mm)
  })

  test('a page count outside the range, and a facility that does not make it, are named with what is allowed', async () => {
    const pages = await call('GET', '/v1/catalogue/magazine-a4/geometry?pages=100', { key: '' })
    expect([pages.status, pages.json.errors]).toEqual([
      422,
      [{ pointer: '/querystring/pages', detail: 'must be 8 to 64 for magazine-a4; found 100' }],
    ])
    const facility = await call('GET', '/v1/catalogue/canvas-60x90/geometry?facility=fac_utrecht', { key: '' })
    expect(facility.json.errors[0].detail).toContain('fac_leipzig')
  })
})
