import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Log } from '#chassis/log.ts'

/** What runs in a converter. */
export const converterScript = join(import.meta.dirname, 'child.ts')
const root = join(import.meta.dirname, '../../..')
/** Beside the libraries: bubblewrap shows it to the converter as it shows them, for reading alone. */
export const codeCache = join(root, 'node_modules/.cache/printcloud-converter')
const fillWithinMilliseconds = 30_000

/**
 * Compiles the converter's code once per installation and change of it, as half of a converter's start is compiling. A converter that sees
 * no customer's file fills it; without it, or where it cannot be kept, converters start as slowly as ever. Never throws.
 */
export async function fillCodeCache(log: Log, signal: AbortSignal): Promise<void> {
  if (await isFilled()) return
  const filling = `${codeCache}-${process.pid}-${randomUUID()}`
  try {
    await mkdir(filling, { recursive: true })
    await startAndEnd(filling, signal)
    // That of other code: converters that begin meanwhile start slowly.
    if (!(await isFilled())) await rm(codeCache, { recursive: true, force: true })
    await rename(filling, codeCache)
  } catch (error) {
    // A read-only installation, or another processor of the same one that was first: its cache is as good.
    log.debug({ err: error }, 'code_cache_not_filled')
    await remove(filling, log)
  }
}

/** A converter that was stopped may write its last file meanwhile. */
async function remove(folder: string, log: Log): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  } catch (error) {
    log.warn({ err: error, folder }, 'code_cache_not_removed')
  }
}

/** There is one, and no file of ours is newer. */
async function isFilled(): Promise<boolean> {
  const filledAt = await changedAt(codeCache)
  if (filledAt === 0) return false
  const files = await readdir(join(root, 'services'), { recursive: true })
  const paths = files.filter((file) => file.endsWith('.ts')).map((file) => join(root, 'services', file))
  const times = await Promise.all([...paths, join(root, 'package-lock.json')].map(changedAt))
  return times.every((time) => time < filledAt)
}

async function changedAt(path: string): Promise<number> {
  try {
    return (await stat(path)).mtimeMs
  } catch {
    // Not there, or gone meanwhile.
    return 0
  }
}

/** The converter's input is at its end from the start: it loads all it needs and leaves. */
async function startAndEnd(cache: string, signal: AbortSignal): Promise<void> {
  const child = spawn(process.execPath, [converterScript, cache], {
    // Its one answer, that it is warm, waits in the fourth pipe unread.
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    env: { NODE_COMPILE_CACHE: cache, TZ: 'UTC' },
    timeout: fillWithinMilliseconds,
    signal,
  })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`The converter ended with ${String(code)} before it had seen anything`)
}
