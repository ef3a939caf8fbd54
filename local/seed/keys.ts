import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Static, Type } from 'typebox'
import { Check } from 'typebox/value'
import { makeApiKey } from '../../services/order-api/auth/api-key.ts'

const Keys = Type.Object({ secretKey: Type.String(), publishableKey: Type.String() })
export type Keys = Static<typeof Keys>

/** The test account's keys: made on the first start, the same ever after. The file is readable by its owner only. */
export async function rememberedKeys(folder: string): Promise<Keys> {
  const path = join(folder, 'keys.json')
  const known = await readKeys(path)
  if (known) return known
  const keys = { secretKey: makeApiKey('secret', true), publishableKey: makeApiKey('publishable', true) }
  await mkdir(folder, { recursive: true })
  await writeFile(path, `${JSON.stringify(keys, undefined, 2)}\n`, { mode: 0o600 })
  return keys
}

async function readKeys(path: string): Promise<Keys | undefined> {
  try {
    const content: unknown = JSON.parse(await readFile(path, 'utf8'))
    return Check(Keys, content) ? content : undefined
  } catch {
    // Absent on the first start; damaged means new keys, which is all that can be done.
    return undefined
  }
}
