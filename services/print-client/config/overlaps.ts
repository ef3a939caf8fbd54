import nodePath from 'node:path'
import type { Issue } from '#contracts/parse.ts'

/** One folder of a configuration: where it is named, and which other may hold it. */
export type NamedFolder = { readonly pointer: string; readonly folder: string; readonly mayLieIn?: string }

/** Folders inside one another would be taken for jobs or for statuses. Windows and macOS know no case. Pure. */
export function overlapsOf(folders: readonly NamedFolder[], platform: string = process.platform): readonly Issue[] {
  const issues: Issue[] = []
  for (const [place, one] of folders.entries()) {
    for (const [otherPlace, other] of folders.entries()) {
      if (place === otherPlace || one.mayLieIn === other.pointer || !isInside(one.folder, other.folder, platform))
        continue
      // Said once of two that are the same.
      if (place < otherPlace && isInside(other.folder, one.folder, platform)) continue
      const detail = `must not be or lie inside ${nameOf(other.pointer)} (${other.folder})`
      issues.push({ pointer: one.pointer, detail })
    }
  }
  return issues
}

const nameOf = (pointer: string): string => pointer.slice(1).replaceAll('/', '.')

/** Whether a folder is another, or lies in it; pure. */
export function isInside(folder: string, other: string, platform: string): boolean {
  const { sep } = platform === 'win32' ? nodePath.win32 : nodePath.posix
  const plain = (path: string): string => {
    const closed = path.endsWith(sep) ? path : `${path}${sep}`
    return platform === 'win32' || platform === 'darwin' ? closed.normalize('NFC').toLowerCase() : closed
  }
  return plain(folder).startsWith(plain(other))
}
