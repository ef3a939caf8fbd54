import { randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Static } from 'typebox'
import { ifThere } from '#chassis/if-there.ts'
import { parse } from '#contracts/parse.ts'
import type { FacilityClient, FacilityKeys } from './facility-keys.ts'
import { issuedKeyStart, KeyInFolder } from './issued-key.ts'

/** Access keys as files of a folder, one each, for a platform on one machine; readable by its owner only. */
export function createFolderKeys(folder: string): FacilityKeys {
  const keysOf = async ({ facilityId, clientId }: FacilityClient): Promise<Static<typeof KeyInFolder>[]> => {
    const keys = await readKeys(folder)
    return keys.filter((key) => key.facilityId === facilityId && key.clientId === clientId)
  }
  const keepOnly = async (client: FacilityClient, keep: readonly string[]): Promise<void> => {
    for (const { accessKeyId } of await keysOf(client)) {
      if (!keep.includes(accessKeyId)) await rm(join(folder, `${accessKeyId}.json`), { force: true })
    }
  }
  return {
    issue: async ({ facilityId, clientId }, keep) => {
      const before = await keysOf({ facilityId, clientId })
      await keepOnly({ facilityId, clientId }, keep)
      const key = {
        accessKeyId: `${issuedKeyStart}${nameOf(13)}`,
        secretAccessKey: randomBytes(30).toString('base64'),
        principalId: before[0]?.principalId ?? `AIDA${nameOf(17)}`,
      }
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const path = join(folder, `${key.accessKeyId}.json`)
      await writeFile(`${path}.next`, JSON.stringify({ ...key, facilityId, clientId }), { mode: 0o600 })
      await rename(`${path}.next`, path)
      return key
    },
    revoke: keepOnly,
  }
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const nameOf = (length: number): string =>
  [...randomBytes(length)].map((byte) => letters.charAt(byte % letters.length)).join('')

async function readKeys(folder: string): Promise<Static<typeof KeyInFolder>[]> {
  const names = (await ifThere(readdir(folder))) ?? []
  const keys: Static<typeof KeyInFolder>[] = []
  for (const name of names.filter((each) => each.endsWith('.json'))) {
    const text = await ifThere(readFile(join(folder, name), 'utf8'))
    // Taken away by another process between the two looks.
    if (text !== undefined) keys.push(parse('access key', KeyInFolder, JSON.parse(text)))
  }
  return keys
}
