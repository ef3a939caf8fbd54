import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inflateSync } from 'node:zlib'
import { canary } from './active-files.ts'

const keys = new Set([
  '/JavaScript',
  '/JS',
  '/OpenAction',
  '/AA',
  '/AcroForm',
  '/XFA',
  '/EmbeddedFiles',
  '/EF',
  '/RichMediaContent',
  '/Win',
])
const types = new Set([
  '/JavaScript',
  '/Launch',
  '/SubmitForm',
  '/ImportData',
  '/GoToE',
  '/GoToR',
  '/URI',
  '/Rendition',
  '/RichMediaExecute',
])
/** Maps whose keys are names that the author chose. */
const nameMaps = new Set([
  '/Font',
  '/XObject',
  '/ExtGState',
  '/ColorSpace',
  '/Pattern',
  '/Shading',
  '/Properties',
  '/CharProcs',
])

/** What acts in a print file, found without our parser: canaries in bytes and unpacked streams, then qpdf's list of all objects. */
export async function activeInOutput(file: Buffer): Promise<readonly string[]> {
  const found = canariesIn(file) ? ['a canary in the bytes'] : []
  const listing = await objectsByQpdf(file)
  if (listing?.complaint !== undefined) found.push(listing.complaint)
  walk(listing?.objects, '', (what) => found.push(what))
  return [...new Set(found)]
}

function canariesIn(file: Buffer): boolean {
  const forms = [canary, Buffer.from(canary).toString('hex'), Buffer.from(canary).toString('hex').toUpperCase()]
  const holds = (bytes: Buffer): boolean => forms.some((form) => bytes.includes(form, 0, 'latin1'))
  if (holds(file)) return true
  for (let at = file.indexOf('stream'); at >= 0; at = file.indexOf('stream', at + 6)) {
    const from = file[at + 6] === 0x0d ? at + 8 : at + 7
    const end = file.indexOf('endstream', from)
    if (end < 0) return false
    const data = unpacked(file.subarray(from, end))
    if (data && holds(data)) return true
    at = end + 3
  }
  return false
}

function unpacked(data: Buffer): Buffer | undefined {
  try {
    return inflateSync(data, { maxOutputLength: 300_000_000 })
  } catch {
    // Not packed by Flate, or larger than any page: pictures, mostly.
    return undefined
  }
}

type Listed = { readonly objects: unknown; readonly complaint: string | undefined }

/** Every object of the file, reachable or not, as JSON, and what qpdf has to say against the file; undefined without qpdf. */
async function objectsByQpdf(file: Buffer): Promise<Listed | undefined> {
  const path = join(tmpdir(), `${randomUUID()}.pdf`)
  try {
    await writeFile(path, file)
    return await listed(path)
  } finally {
    await rm(path, { force: true })
  }
}

const listed = (path: string): Promise<Listed | undefined> =>
  new Promise((resolve) => {
    const options = { maxBuffer: 256 * 1024 ** 2 }
    execFile('qpdf', ['--json', '--json-key=qpdf', path], options, (error, stdout, stderr) => {
      if (error?.code === 'ENOENT') return resolve(undefined)
      const complaint = error ? `qpdf: ${stderr.split('\n')[0]?.replace(path, 'the file')}` : undefined
      resolve({ objects: stdout === '' ? undefined : JSON.parse(stdout), complaint })
    })
  })

function walk(value: unknown, key: string, found: (what: string) => void): void {
  if (typeof value !== 'object' || value === null) return
  const isNameMap = nameMaps.has(key)
  for (const [name, entry] of Object.entries(value)) {
    if (!isNameMap && isActive(name, entry)) found(name === '/S' ? String(entry) : name)
    walk(entry, isNameMap || Array.isArray(value) ? '' : name, found)
  }
}

const isActive = (name: string, entry: unknown): boolean =>
  keys.has(name) || (name === '/S' && typeof entry === 'string' && types.has(entry))
