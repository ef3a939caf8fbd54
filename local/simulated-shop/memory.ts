import { readFile, rename, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Type } from 'typebox'
import { parse } from '#contracts/parse.ts'
import type { ShopJob } from './next-steps.ts'

const Memory = Type.Record(
  Type.String(),
  Type.Object({
    isTest: Type.Boolean(),
    quantity: Type.Integer(),
    done: Type.Integer(),
    nextAtEpochMs: Type.Number(),
  }),
)

/** Where a shop remembers what it did: beside its hot folder, one file a hot folder. */
export const memoryPath = (facilityId: string, hotFolder: string): string =>
  join(dirname(hotFolder), `.simulated-shop.${facilityId}.${basename(hotFolder)}.json`)

/** The jobs a shop remembers; none where there is no file yet. */
export async function readMemory(path: string): Promise<Map<string, ShopJob>> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return new Map()
    throw error
  }
  // Empty after a power loss: the steps are said again, which is harmless.
  if (text === '') return new Map()
  return new Map(Object.entries(parse('simulated shop memory', Memory, JSON.parse(text))))
}

/** Replaces the file in one step: a kill leaves the old memory or the new one. */
export async function writeMemory(path: string, jobs: ReadonlyMap<string, ShopJob>): Promise<void> {
  await writeFile(`${path}.next`, JSON.stringify(Object.fromEntries(jobs)))
  await rename(`${path}.next`, path)
}
