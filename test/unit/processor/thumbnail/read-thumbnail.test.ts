import { mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readThumbnail } from '../../../../services/processor/thumbnail/read-thumbnail.ts'

let folder: string
const heads = {
  '.jpg': Buffer.from('ffd8ffe0', 'hex'),
  '.webp': Buffer.from('RIFF0000WEBPVP8 '),
  '.avif': Buffer.from('\0\0\0\x1cftypavif'),
} as const

/** What an honest converter leaves behind for a picture of 200 pixels. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thumbnail-'))
  for (const width of [160, 200]) {
    for (const [ending, head] of Object.entries(heads)) await writeFile(named(width, ending), head)
  }
})
afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

const named = (widthPx: number, ending: string): string => join(folder, `thumbnail-0-${widthPx}${ending}`)
const sizes = [
  { widthPx: 160, heightPx: 80 },
  { widthPx: 200, heightPx: 100 },
]
const read = (drawn = sizes) =>
  readThumbnail(folder, { kind: 'drawn', colour: '#000000', sizes: drawn }, { place: 0, widthsPx: [160, 320, 640] })

test('pictures of the sizes that were asked for are taken', async () => {
  const files = await read()
  expect(files.map(({ widthPx, bytes }) => [widthPx, [...bytes.keys()]])).toEqual([
    [160, ['.avif', '.webp', '.jpg']],
    [200, ['.avif', '.webp', '.jpg']],
  ])
})

test.each([
  ['a size left out', [{ widthPx: 200, heightPx: 100 }]],
  ['a size twice', [...sizes, { widthPx: 200, heightPx: 100 }]],
  ['a size wider than any', [...sizes, { widthPx: 5000, heightPx: 100 }]],
  ['a picture of endless height', [{ widthPx: 160, heightPx: 1_000_000 }]],
  ['sizes out of their order', sizes.toReversed()],
])('%s is not', async (_, drawn) => {
  await expect(read(drawn)).rejects.toThrow('other sizes')
})

test('a page of a converter’s own making in place of a picture is shown to nobody', async () => {
  for (const ending of Object.keys(heads)) {
    await writeFile(named(200, ending), '<script>alert(1)</script>')
    await expect(read()).rejects.toThrow(`something else: thumbnail-0-200${ending}`)
  }
})

test('a link out of the folder is not followed, and a file that fills the memory is not read', async () => {
  await rm(named(200, '.jpg'))
  await symlink('/etc/hostname', named(200, '.jpg'))
  await expect(read()).rejects.toThrow()
  await rm(named(200, '.jpg'))
  await writeFile(named(200, '.jpg'), heads['.jpg'])
  await truncate(named(200, '.jpg'), 8 * 1024 ** 3)
  await expect(read()).rejects.toThrow('larger than a thumbnail')
})
