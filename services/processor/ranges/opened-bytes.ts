import { join } from 'node:path'
import { bytesOf, type JobBytes } from './bytes-of.ts'

/** Files of a job folder, each opened once: what one room has fetched of a far one, another finds there. */
export type OpenedBytes = { readonly of: (file: string) => JobBytes; readonly close: () => void }

export function openedBytes(folder: string): OpenedBytes {
  const opened = new Map<string, JobBytes>()
  return {
    of: (file) => {
      const bytes = opened.get(file) ?? bytesOf(join(folder, file))
      opened.set(file, bytes)
      return bytes
    },
    close: () => {
      for (const bytes of opened.values()) bytes.close()
    },
  }
}
