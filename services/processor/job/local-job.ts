import { createReadStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Log } from '#chassis/log.ts'
import type { FileRole, Product } from '#contracts/catalogue/product.ts'
import type { Design } from '#contracts/design.ts'
import { fileLimitBytes } from '../fetch/limits.ts'
import { saveStream, TooManyBytes } from '../fetch/save-stream.ts'
import { contentHashOf } from '../publish/content-hash.ts'
import { openSandboxPool } from '../sandbox/pool.ts'
import { sniffedBytes } from '../sniff/sniff.ts'
import { labelOf } from '../source/label.ts'
import type { ConvertJob } from './convert.ts'
import { finding } from './finding.ts'
import { byRoleAndPosition, type JobSource } from './job-source.ts'
import { Rejected } from './rejected.ts'
import { enterRooms, type Rooms } from './rooms.ts'

/** A file on this machine; several of role `images` are pages in the order of the list. */
export type LocalFile = { readonly role: FileRole; readonly path: string }

export type LocalSpec = {
  readonly product: Product
  readonly title?: string
  readonly options?: Readonly<Record<string, string>>
  readonly design?: Design
}

export type LocalContext = { readonly log: Log; readonly signal: AbortSignal }

/** One child makes print files, another one judges them. */
const usualChildren = 2

/** Brings files of this machine into rooms of their own, as a job for `use`: the same hashes as in the cloud. See `withLocalFiles`. */
export async function withLocalJob<T>(
  files: readonly LocalFile[],
  spec: LocalSpec,
  context: LocalContext,
  use: (job: ConvertJob, rooms: Rooms) => Promise<T>,
  children = usualChildren,
): Promise<T> {
  const asJob = async (sources: readonly JobSource[], rooms: Rooms): Promise<T> => {
    const job = { ...spec, options: spec.options ?? {}, sources }
    return await use({ ...job, contentHash: contentHashOf(job) }, rooms)
  }
  return await withLocalFiles(files, context, asJob, children)
}

/**
 * Brings files of this machine into rooms of their own and gives them to `use`; afterwards nothing of them is left.
 * `children` start at once, more when they are needed. The same sandbox and limits as in the cloud. Throws Rejected for files that are too large.
 */
export async function withLocalFiles<T>(
  files: readonly LocalFile[],
  { log, signal }: LocalContext,
  use: (sources: readonly JobSource[], rooms: Rooms) => Promise<T>,
  children: number,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'printcloud-'))
  const pool = await openSandboxPool(folder, children, log, children)
  try {
    const rooms = await enterRooms(pool, signal)
    try {
      return await use(await bring(files, rooms.producer.folder, signal), rooms)
    } finally {
      await rooms.leave()
    }
  } finally {
    await pool.close()
    await rm(folder, { recursive: true, force: true })
  }
}

async function bring(files: readonly LocalFile[], folder: string, signal: AbortSignal): Promise<JobSource[]> {
  const placed = files
    .map((file, index) => ({
      ...file,
      position: files.slice(0, index).filter(({ role }) => role === file.role).length,
    }))
    .toSorted(byRoleAndPosition)
  const sources: JobSource[] = []
  for (const [index, { role, position, path }] of placed.entries()) {
    const file = `source-${index}`
    const limits = { bytes: fileLimitBytes, headBytes: sniffedBytes, signal }
    try {
      const saved = await saveStream(createReadStream(path), join(folder, file), limits)
      sources.push({ role, position, file, ...saved })
    } catch (error) {
      if (error instanceof TooManyBytes) throw new Rejected([tooLarge(labelOf({ role, position }), error.message)])
      throw error
    }
  }
  return sources
}

const tooLarge = (file: string, found: string) =>
  finding('TOO_LARGE', {
    file,
    found: `${found} bytes`,
    wanted: `at most ${fileLimitBytes / 1024 ** 3} GiB a file`,
    action: 'Export the file again with smaller pictures: 300 dpi at print size is enough.',
  })
