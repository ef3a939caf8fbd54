import { createLog } from '#chassis/log.ts'
import type { Facility } from '#contracts/facility.ts'
import type { PriceBook } from '#contracts/prices/price-book.ts'
import { migrate } from '../../services/order-api/store/migrate.ts'
import { databaseOf } from './database-of.ts'
import { fillDatabase } from './fill-database.ts'
import { type Keys, rememberedKeys } from './keys.ts'

export type Seed = {
  /** Where the test account's keys are kept in the clear: only their hashes are in the database. */
  readonly dataFolder: string
  readonly environment: Readonly<Record<string, string>>
  readonly facilities: readonly Facility[]
  readonly priceBooks: readonly PriceBook[]
}

/**
 * Tables, the test account with its keys, the facilities and their price books, as they should be; safe to run at every start.
 * The local queue forgets everything when it stops: tickets that nobody answered are due at once.
 */
export async function seed({ dataFolder, environment, facilities, priceBooks }: Seed): Promise<Keys> {
  const database = databaseOf(environment)
  await migrate(database, createLog('seed', 'warn'))
  const keys = await rememberedKeys(dataFolder)
  await fillDatabase(database, { keys, facilities, priceBooks })
  return keys
}
