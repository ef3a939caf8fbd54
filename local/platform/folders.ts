import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createLog } from '#chassis/log.ts'
import { removePostgresData } from '../cloud/postgres/remove-postgres-data.ts'

/** The folders of one facility: where jobs appear, where its machines answer, what its print client remembers. */
export type FacilityFolders = {
  readonly hotFolder: string
  readonly statusFolder: string
  readonly stateFolder: string
  readonly configFile: string
}

export function facilityFolders(dataFolder: string, facilityId: string): FacilityFolders {
  const folder = join(dataFolder, 'facilities', facilityId)
  return {
    hotFolder: join(folder, 'hot-folder'),
    statusFolder: join(folder, 'status'),
    stateFolder: join(folder, 'state'),
    configFile: join(folder, 'facility.json'),
  }
}

/** Access keys that order-api gave to print clients, for the stand-ins to look up. */
export const facilityKeysIn = (dataFolder: string): string => join(dataFolder, 'facility-keys')

/** What a platform leaves in its data folder; nothing else there is ever removed, whatever folder somebody names. */
const ours = [
  'object-store',
  'document-store',
  'mailbox',
  'payments',
  'facilities',
  'facility-keys',
  'processor',
  'seed',
  'logs',
  'local.json',
] as const

/** Forgets all data of a platform that does not run; caches and sample files stay. */
export async function forgetData(dataFolder: string): Promise<void> {
  await removePostgresData(join(dataFolder, 'postgres'), createLog('start', 'fatal'))
  for (const name of ours) await rm(join(dataFolder, name), { recursive: true, force: true })
}
