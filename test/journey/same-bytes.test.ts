import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { catalogue } from '#contracts/catalogue/catalogue.ts'
import { type FileRole, families, type Product } from '#contracts/catalogue/product.ts'
import { makeSamples, type Samples } from '../../local/samples/make-samples.ts'

const run = promisify(execFile)
const script = join(import.meta.dirname, 'same-bytes', 'make-once.ts')
const patient = 240_000
let home = ''
let samples: Samples

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'same-bytes-'))
  samples = await makeSamples(join(home, 'samples'), () => undefined)
}, patient)
afterAll(async () => await rm(home, { recursive: true, force: true }))

/** Alone with one thread, and beside a second one of itself with four: as far apart as two cores can be. */
const alone = { ahead: '1', threads: '1' }
const crowded = { ahead: '3', threads: '4' }

describe('A job that is made again, on a busier machine, gives the same bytes', () => {
  test.each(families)('%s', { timeout: patient }, async (family) => {
    const product = catalogue.find((each) => each.family === family)
    if (!product) throw new Error(`Nothing is sold of ${family}`)
    const job = sampleFor(product, samples)
    const first = await make(product.sku, job, alone)
    const again = await Promise.all([make(product.sku, job, crowded), make(product.sku, job, crowded)])
    expect(first).toMatch(/[0-9a-f]{64}/)
    expect(again).toEqual([first, first])
  })
})

type SampleJob = { readonly role: FileRole; readonly files: readonly string[] }

/** The sample that the family is shown with; photos where it is made of pictures. */
function sampleFor({ family, construction }: Product, { book, magazine, photos, canvas, poster }: Samples): SampleJob {
  switch (family) {
    case 'magazine':
      return { role: 'interior', files: [magazine] }
    case 'canvas':
      return { role: 'image', files: [canvas] }
    case 'poster':
      return { role: 'image', files: [poster] }
    case 'card':
      return { role: 'image', files: photos.slice(0, 1) }
    case 'calendar':
      return { role: 'images', files: photos.slice(0, 13) }
    default:
      return construction.kind === 'book' && family.includes('photo')
        ? { role: 'images', files: photos }
        : otherBook(family, book, photos)
  }
}

const otherBook = (family: Product['family'], book: string, photos: readonly string[]): SampleJob =>
  family === 'layflat' ? { role: 'images', files: photos.slice(0, 24) } : { role: 'interior', files: [book] }

async function make(sku: string, { role, files }: SampleJob, how: typeof alone): Promise<string> {
  const folder = await mkdtemp(join(home, 'job-'))
  const { stdout } = await run(process.execPath, [script, folder, sku, role, how.ahead, ...files], {
    env: {
      UV_THREADPOOL_SIZE: how.threads,
      VIPS_CONCURRENCY: how.threads,
      TZ: how.threads === '1' ? 'UTC' : 'Asia/Tokyo',
    },
  })
  await rm(folder, { recursive: true })
  return stdout
}
