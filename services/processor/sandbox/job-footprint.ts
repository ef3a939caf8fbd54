import { lstatSync, opendirSync, readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** What a job takes of the machine beyond what limits of single processes count. */
export type Footprint = { readonly memoryBytes: number; readonly diskBytes: number; readonly files: number }

const blockBytes = 512
/** A converter is three processes with those that shut it in; of one that has been taken over so many are enough to see. */
const mostProcesses = 256

/** Memory of a process and of all that it started, with files that lie in memory alone; 0 where there is no /proc. */
export function memoryOf(pid: number): number {
  const held = new Set<string>()
  return withOffspring(String(pid)).reduce((sum, each) => sum + residentBytes(each) + heldBytes(each, held), 0)
}

function withOffspring(first: string): readonly string[] {
  const found = new Set([first])
  for (const process of found) {
    if (found.size > mostProcesses) break
    for (const child of childrenOf(process)) found.add(child)
  }
  return [...found]
}

/** Private pages, and shared ones that are in no file: a limit on data counts only the first. */
function residentBytes(process: string): number {
  const status = textOf(`/proc/${process}/status`)
  const kiB = ['RssAnon', 'RssShmem', 'VmSwap'].map((name) => Number(status.match(`${name}:\\s+(\\d+)`)?.[1] ?? 0))
  return kiB.reduce((sum, each) => sum + each, 0) * 1024
}

/** Files made by memfd_create: written to without being mapped, they are in no process's size. Each is counted once. */
function heldBytes(process: string, held: Set<string>): number {
  let bytes = 0
  for (const descriptor of namesIn(`/proc/${process}/fd`)) {
    const path = `/proc/${process}/fd/${descriptor}`
    try {
      if (!readlinkSync(path).startsWith('/memfd:')) continue
      const { dev, ino, blocks } = statSync(path)
      if (held.has(`${dev} ${ino}`)) continue
      held.add(`${dev} ${ino}`)
      bytes += blocks * blockBytes
    } catch {
      // Closed between two looks.
    }
  }
  return bytes
}

const childrenOf = (process: string): readonly string[] =>
  namesIn(`/proc/${process}/task`).flatMap((thread) =>
    textOf(`/proc/${process}/task/${thread}/children`).split(' ').filter(Boolean),
  )

/** What lies in a job folder; stops counting at `mostFiles`, as there may be more than anybody can count. */
export function diskOf(folder: string, mostFiles: number): Pick<Footprint, 'diskBytes' | 'files'> {
  let [diskBytes, files] = [0, 0]
  const folders = [folder]
  for (let next = folders.pop(); next !== undefined && files <= mostFiles; next = folders.pop()) {
    for (const { path, isFolder, bytes } of entriesOf(next, mostFiles - files)) {
      files += 1
      diskBytes += bytes
      if (isFolder) folders.push(path)
    }
  }
  return { diskBytes, files }
}

function entriesOf(folder: string, most: number) {
  const entries: { readonly path: string; readonly isFolder: boolean; readonly bytes: number }[] = []
  try {
    const open = opendirSync(folder)
    try {
      for (let entry = open.readSync(); entry !== null && entries.length <= most; entry = open.readSync()) {
        const path = join(folder, entry.name)
        entries.push({ path, isFolder: entry.isDirectory(), bytes: sizeOf(path) })
      }
    } finally {
      open.closeSync()
    }
  } catch {
    // A folder that is gone, shut, or deeper than a path is long: no converter of ours makes folders at all.
  }
  return entries
}

function sizeOf(path: string): number {
  try {
    return lstatSync(path).blocks * blockBytes
  } catch {
    return 0
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** A process may end between two looks. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}
