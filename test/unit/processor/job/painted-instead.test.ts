import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLog } from '#chassis/log.ts'
import { productOf } from '#contracts/catalogue/catalogue.ts'
import { convert } from '../../../../services/processor/job/convert.ts'
import { withLocalJob } from '../../../../services/processor/job/local-job.ts'
import { pdfOf } from '../inspect/hand-made.ts'

const log = createLog('test', 'silent')
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'painted-instead-'))
})
afterAll(async () => await rm(folder, { recursive: true, force: true }))

async function made(pdf: Buffer) {
  const product = productOf('magazine-a4')
  if (!product) throw new Error('no magazine')
  const path = join(folder, 'magazine.pdf')
  await writeFile(path, pdf)
  const { signal } = new AbortController()
  return await withLocalJob([{ role: 'interior', path }], { product }, { log, signal }, async (job, rooms) =>
    convert(job, { rooms, log }),
  )
}

const plainPages = Array.from({ length: 11 }, () => ({ content: '100 100 200 200 re f' }))

test('a page whose font the judge misses is made once more as a picture, and nothing is refused', async () => {
  // As extgstate.pdf of pdf.js: the font comes from a graphics state, where we do not look for fonts to embed.
  const pages = [
    { content: '/G gs BT 50 500 Td (From the graphics state) Tj ET', resources: '/ExtGState << /G 100 0 R >>' },
    ...plainPages,
  ]
  const objects = {
    100: '<< /Type /ExtGState /Font [101 0 R 20] >>',
    101: '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  }
  const { plan, findings } = await made(pdfOf({ pages, objects }))
  const rasters = plan.components[0]?.pages.map((drawings) => drawings.some((each) => 'rasterDpi' in each))
  expect(rasters?.map((isRaster, index) => (isRaster ? index + 1 : 0)).filter(Boolean)).toEqual([1])
  expect(findings).toContainEqual(expect.objectContaining({ code: 'PAGE_RASTERISED' }))
})
