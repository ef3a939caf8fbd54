import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, expect, test } from 'vitest'
import { produce } from '../../../../services/processor/produce/produce.ts'
import { picture } from '../../../fixtures/processor/pictures.ts'
import { a5, documentId, sheet } from './make.ts'

const folder = mkdtempSync(join(tmpdir(), 'unproven-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const size = { widthPx: 308, heightPx: 432 }
const plan = {
  components: [
    {
      ...a5,
      pages: [
        [
          {
            ...({ draw: 'place', source: 0, page: 1, orientation: 1, pixels: size, isPassable: true } as const),
            ...{ region: { x: 0, y: 0, width: 308, height: 432 }, to: sheet, within: sheet },
          },
        ],
      ],
    },
  ],
}

/** Makes a book of one photograph. */
async function made(bytes: Buffer, isUnproven: boolean) {
  writeFileSync(join(folder, 'source-0'), bytes)
  return await produce(folder, plan, [{ file: 'source-0', format: 'jpeg', label: 'images/1', isUnproven }], documentId)
}

test('damage that shows when a picture is printed makes no print file, but asks for a look at every picture', async () => {
  const sound = await sharp(await picture({ ...size, hue: 90, label: 'A' }))
    .jpeg()
    .toBuffer()
  expect(await made(sound, true)).toEqual(await made(sound, false))
  const damaged = Buffer.from(sound)
  // A marker where none may be.
  damaged.writeUInt16BE(0xffd3, Math.floor(damaged.length * 0.7))
  expect(await made(damaged, true)).toEqual({ outputs: [], findings: [], wantsProof: true })
  expect((await made(sound, true)).outputs).toHaveLength(1)
})
