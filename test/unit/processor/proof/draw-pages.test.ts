import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLog } from '#chassis/log.ts'
import { drawPages, readPage } from '../../../../services/processor/proof/draw-pages.ts'
import { openSandboxPool, type SandboxPool } from '../../../../services/processor/sandbox/pool.ts'
import { InspectAnswer } from '../../../../services/processor/sandbox/protocol.ts'
import type { Sandbox } from '../../../../services/processor/sandbox/sandbox.ts'
import { documentOf } from '../../../fixtures/processor/documents.ts'

const log = createLog('test', 'silent')
const patient = { timeout: 300_000 }
let home: string
let pool: SandboxPool

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'draw-pages-'))
  pool = await openSandboxPool(join(home, 'work'), 1, log)
})
afterAll(async () => {
  await pool?.close()
  await rm(home, { recursive: true, force: true })
})

/** A converter that has looked into a book of so many pages. */
async function withBook<T>(
  pages: number,
  use: (converter: Sandbox, content: Parameters<typeof drawPages>[1]) => Promise<T>,
) {
  const converter = await pool.take()
  try {
    const source = { file: 'book', format: 'pdf', label: 'interior' } as const
    await writeFile(join(converter.folder, source.file), await documentOf({ pages, widthMm: 148, heightMm: 210 }))
    const { facts } = await converter.ask({ task: 'inspect', sources: [source] }, InspectAnswer, 120_000)
    return await use(converter, { kind: 'document', files: [source], facts })
  } finally {
    await pool.giveBack(converter)
  }
}

test('of a document the first twelve pages and the last one are drawn, each itself', patient, async () => {
  await withBook(48, async (converter, content) => {
    const limits = { allMilliseconds: 240_000, pageMilliseconds: 60_000 }
    const drawn = await drawPages(converter, content, log, limits)
    await converter.end()
    expect(drawn.map(({ shownAs }) => shownAs)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 48])
    const bands: string[] = []
    for (const page of drawn) {
      const files = await readPage(converter.folder, page, [320, 960])
      expect(files.map(({ widthPx, heightPx }) => [widthPx, heightPx])).toEqual([
        [320, 454],
        [960, 1362],
      ])
      const { data } = await sharp(files[1]?.bytes.get('.avif'))
        .extract({ left: 2, top: 40, width: 1, height: 1 })
        .removeAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true })
      bands.push([...data].map((value) => Math.round(value / 16)).join())
    }
    // The band at the edge has five colours in turn.
    expect(new Set(bands.slice(1, 6)).size).toBe(5)
    expect(bands[6]).toBe(bands[1])
  })
})

test('without time nothing is drawn, and nothing is wrong', patient, async () => {
  await withBook(3, async (converter, content) => {
    expect(await drawPages(converter, content, log, { allMilliseconds: 0, pageMilliseconds: 60_000 })).toEqual([])
    expect(converter.isAlive()).toBe(true)
  })
})

test('a page that takes too long ends the drawing, and nothing is wrong', patient, async () => {
  await withBook(3, async (converter, content) => {
    expect(await drawPages(converter, content, log, { allMilliseconds: 60_000, pageMilliseconds: 1 })).toEqual([])
  })
})
