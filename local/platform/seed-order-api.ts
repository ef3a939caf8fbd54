import { join } from 'node:path'
import { localFacilities } from '../facilities.ts'
import { localPriceBooks } from '../prices/local-price-books.ts'
import type { Addresses } from './addresses.ts'
import { cloudEnvironment } from './cloud-environment.ts'
import type { LocalFile } from './local-file.ts'
import { databaseEnvironment } from './processes.ts'

export type Keys = Pick<LocalFile, 'secretKey' | 'publishableKey'>

/** Fills the database of a platform that starts, and gives the keys that `local.json` shows. */
export async function seedOrderApi(dataFolder: string, addresses: Addresses): Promise<Keys> {
  const { seed } = await import('../seed/seed.ts')
  // Keys that really order stay in the seed's own file.
  const { secretKey, publishableKey } = await seed({
    dataFolder: join(dataFolder, 'seed'),
    environment: { ...cloudEnvironment(addresses), ...databaseEnvironment },
    facilities: localFacilities,
    priceBooks: localPriceBooks,
  })
  return { secretKey, publishableKey }
}
