import { existsSync, readFileSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Stands in a job folder in the place of a source that stays in the store: what to ask the parent for. */
export type FarNote = { readonly source: number; readonly sizeBytes: number }

const pathOf = (path: string): string => `${path}.far`

/** The note for the source that would lie at `path`; undefined for a file that is there. */
export function farNoteAt(path: string): FarNote | undefined {
  if (!existsSync(pathOf(path))) return undefined
  return noteIn(JSON.parse(readFileSync(pathOf(path), 'utf8')))
}

/** Before the converter of this folder has seen a byte of anybody's; never through a link. */
export async function leaveFarNote(folder: string, file: string, note: FarNote): Promise<void> {
  await writeFile(pathOf(join(folder, file)), JSON.stringify(note), { flag: 'wx' })
}

export async function removeFarNote(folder: string, file: string): Promise<void> {
  await rm(pathOf(join(folder, file)), { force: true })
}

/** Two numbers are checked by hand: a schema's engine takes 150 ms to load, which every converter of a local file would pay. */
function noteIn(value: unknown): FarNote {
  const { source, sizeBytes } =
    typeof value === 'object' && value !== null ? { source: -1, sizeBytes: 0, ...value } : {}
  if (!isWhole(source, 0) || !isWhole(sizeBytes, 1)) throw new Error('The note of a far source is not one of ours')
  return { source, sizeBytes }
}

const isWhole = (value: unknown, least: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= least
