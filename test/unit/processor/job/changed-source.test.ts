import { mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLog } from '#chassis/log.ts'
import { productOf } from '#contracts/catalogue/catalogue.ts'
import { convert } from '../../../../services/processor/job/convert.ts'
import { withLocalJob } from '../../../../services/processor/job/local-job.ts'
import { Rejected } from '../../../../services/processor/job/rejected.ts'
import type { Rooms } from '../../../../services/processor/job/rooms.ts'
import { documentOf } from '../../../fixtures/processor/documents.ts'

const log = createLog('test', 'silent')
let folder = ''
let magazine = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'changed-source-'))
  magazine = join(folder, 'magazine.pdf')
  await writeFile(magazine, await documentOf({ pages: 12, widthMm: 210, heightMm: 297, bleedMm: 3 }))
})
afterAll(async () => await rm(folder, { recursive: true, force: true }))

/** Print files of the magazine, made by a converter that does `after` once it has made them. */
async function made(after: (folder: string) => Promise<void>) {
  const product = productOf('magazine-a4')
  if (!product) throw new Error('no magazine')
  const files = [{ role: 'interior' as const, path: magazine }]
  const { signal } = new AbortController()
  return await withLocalJob(files, { product }, { log, signal }, async (job, rooms) => {
    const { producer } = rooms
    const ask: Rooms['producer']['ask'] = async (request, ...rest) => {
      const answer = await producer.ask(request, ...rest)
      if (request.task === 'produce') await after(producer.folder)
      return answer
    }
    return await convert(job, { rooms: { ...rooms, producer: { ...producer, ask } }, log })
  })
}

test('a print file that begins with the customer’s own bytes begins with them as they came', async () => {
  const { outputs } = await made(async () => undefined)
  expect(outputs).toMatchObject([{ component: 'interior', base: 'source-0' }])
})

test('a converter in a hostile file’s hands that changes the source, be it by one byte, makes no print file', async () => {
  const change = made(async (home) => {
    const source = await open(join(home, 'source-0'), 'r+')
    await source.write(Buffer.from('x'), 0, 1, 2000)
    await source.utimes(new Date(0), new Date(0))
    await source.close()
  })
  await expect(change).rejects.toThrow(Rejected)
  await expect(change).rejects.toMatchObject({ findings: [{ found: 'its source was changed while it was worked on' }] })
})

test('a converter that puts a file of its own in the place of the source makes no print file', async () => {
  const change = made(async (home) => {
    await rm(join(home, 'source-0'))
    await writeFile(join(home, 'source-0'), await documentOf({ pages: 12, widthMm: 210, heightMm: 297, bleedMm: 3 }))
  })
  await expect(change).rejects.toMatchObject({ findings: [{ found: 'its source was changed while it was worked on' }] })
})
