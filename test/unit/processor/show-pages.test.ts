import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { showPages } from '../../../services/processor/show/show-pages.ts'
import { quartered, quartersOf, withoutSegments } from '../../fixtures/processor/pictures.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'show-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

async function shown(bytes: Buffer): Promise<number[][]> {
  writeFileSync(join(folder, 'a.jpg'), bytes)
  const [page] = await showPages(folder, [{ file: 'a.jpg', format: 'jpeg', label: 'a.jpg' }], 1)
  const { data, info } = await sharp(join(folder, page?.file ?? ''))
    .raw()
    .toBuffer({ resolveWithObject: true })
  expect(page).toMatchObject({ widthPx: info.width, heightPx: info.height })
  return quartersOf(data, info.width, info.height, info.channels)
}

test('a preflight shows inks in the colours that they print, also where a file lacks Adobe’s mark, and upright', async () => {
  const profile = new URL('../../../services/processor/colour/data/fogra39.icc', import.meta.url).pathname
  const jpegOptions = { quality: 95, chromaSubsampling: '4:4:4' } as const
  const marked = await sharp(await quartered(640, 480))
    .withMetadata({ orientation: 3 })
    .withIccProfile(profile)
    .jpeg(jpegOptions)
    .toBuffer()
  const turnedOver = await sharp(marked, { ignoreIcc: true })
    .pipelineColourspace('cmyk')
    .negate()
    .toColourspace('cmyk')
    .keepMetadata()
    .jpeg(jpegOptions)
    .toBuffer()
  const wanted = await shown(marked)
  const found = await shown(withoutSegments(turnedOver, 0xee))
  for (const [index, colour] of found.entries()) {
    for (const [place, value] of colour.entries())
      expect(Math.abs(value - (wanted[index]?.[place] ?? -999))).toBeLessThan(8)
  }
  const [yellow = [], , , red = []] = found
  expect(Math.min(yellow[0] ?? 0, yellow[1] ?? 0)).toBeGreaterThan(150)
  expect([(red[0] ?? 0) > 150, (red[1] ?? 255) < 90]).toEqual([true, true])
})
