import { createHash } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { CacheStore } from '../cache/cache-store.ts'
import { privateFolder, writeWhole } from './durable-file.ts'

/** Keeps answers in a folder, a file each, so that they outlive the process and may be shared by several. Orders hold addresses. */
export function fileCache(folder: string): CacheStore {
  const pathOf = (key: string): string => join(folder, `${createHash('sha256').update(key).digest('hex')}.json`)
  return {
    get: async (key) => {
      try {
        return await readFile(pathOf(key), 'utf8')
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
        throw error
      }
    },
    set: async (key, text) => {
      await privateFolder(folder)
      await writeWhole(pathOf(key), text, false)
    },
    delete: (key) => rm(pathOf(key), { force: true }),
  }
}
