import { createRdsData } from '#chassis/aws.ts'
import { readConfig } from '#chassis/config.ts'
import { createDatabase, type Database } from '#chassis/database.ts'
import { OperatorEnvironment } from '#contracts/environment.ts'
import { exitCodes, OperatorFault } from '../../services/order-api/operator/operator-fault.ts'
import { type Addresses, addressesFrom, listeners } from '../platform/addresses.ts'
import { cloudEnvironment } from '../platform/cloud-environment.ts'
import { readLocalFile } from '../platform/local-file.ts'
import { databaseEnvironment } from '../platform/processes.ts'
import { databaseOf } from '../seed/database-of.ts'
import { defaultDataFolder } from '../start-arguments.ts'

/** The database that the environment names, or that of the platform which runs here; throws OperatorFault when none does. */
export function connectDatabase(dataFolder: string | undefined): Database {
  const environment = readConfig(OperatorEnvironment)
  const { DATABASE_RESOURCE_ARN, DATABASE_SECRET_ARN, DATABASE_NAME } = environment
  if (dataFolder === undefined && DATABASE_RESOURCE_ARN !== undefined) {
    if (DATABASE_SECRET_ARN !== undefined && DATABASE_NAME !== undefined) {
      return createDatabase(createRdsData(), { DATABASE_RESOURCE_ARN, DATABASE_SECRET_ARN, DATABASE_NAME })
    }
    throw new OperatorFault(exitCodes.usage, [
      'DATABASE_RESOURCE_ARN is set, but not DATABASE_SECRET_ARN and DATABASE_NAME.',
      'Set all three for a deployed platform, or none for the one that runs here.',
    ])
  }
  return localDatabase(dataFolder ?? defaultDataFolder)
}

function localDatabase(dataFolder: string): Database {
  return databaseOf({ ...cloudEnvironment(localAddresses(dataFolder)), ...databaseEnvironment })
}

/** Where the parts of the platform listen that runs on a folder; throws OperatorFault when none does. */
export function localAddresses(dataFolder: string): Addresses {
  const local = readLocalFile(dataFolder)
  if (!local) {
    throw new OperatorFault(exitCodes.unavailable, [
      `No platform runs on ${dataFolder}.`,
      'Start it in another terminal (npm start), or name a deployed one in the environment (DATABASE_RESOURCE_ARN, …).',
    ])
  }
  return addressesFrom(Number(new URL(local.apiUrl).port) - listeners.indexOf('order-api'))
}
