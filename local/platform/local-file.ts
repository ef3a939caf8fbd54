import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Static, Type } from 'typebox'
import { Check } from 'typebox/value'

/** `local.json` in the data folder: there while the platform is ready, so that scripts and tests find everything. */
export const LocalFile = Type.Object({
  baseUrl: Type.String({
    description: 'the front door: demo shop, API, checkout; the address that people and callers use',
  }),
  apiUrl: Type.String({ description: 'order-api without the front door, for measurements' }),
  secretKey: Type.String({ description: 'test key that may do all' }),
  publishableKey: Type.String({ description: 'test key that may be shown in a page' }),
  hotFolders: Type.Record(Type.String(), Type.String(), { description: 'by facility id' }),
  printClientPages: Type.Record(Type.String(), Type.String(), {
    description: 'page of the print client, by facility id',
  }),
  checkoutUrl: Type.String({ description: 'where checkouts begin: this and /checkout' }),
  paymentsUrl: Type.String({ description: 'the stand-in that takes the payments, and what it has taken' }),
  mailUrl: Type.String({ description: 'mailbox with everything that was sent' }),
  pids: Type.Record(Type.String(), Type.Integer(), { description: 'by process; kept current over restarts' }),
})
export type LocalFile = Static<typeof LocalFile>

const pathIn = (dataFolder: string) => join(dataFolder, 'local.json')

/** Written aside and renamed: a reader sees the old or the new, never half. For its owner only: it holds a key. */
export function writeLocalFile(dataFolder: string, content: LocalFile): void {
  const path = pathIn(dataFolder)
  writeFileSync(`${path}.new`, `${JSON.stringify(content, undefined, 2)}\n`, { mode: 0o600 })
  renameSync(`${path}.new`, path)
}

export function removeLocalFile(dataFolder: string): void {
  rmSync(pathIn(dataFolder), { force: true })
}

/** The content, or undefined when it is absent or not understood. */
export function readLocalFile(dataFolder: string): LocalFile | undefined {
  try {
    const content: unknown = JSON.parse(readFileSync(pathIn(dataFolder), 'utf8'))
    return Check(LocalFile, content) ? content : undefined
  } catch {
    return undefined
  }
}
