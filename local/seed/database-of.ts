import { RDSDataClient } from '@aws-sdk/client-rds-data'
import { createDatabase, type Database } from '#chassis/database.ts'

/** The database of a local platform, by the environment that its services get. */
export function databaseOf(environment: Readonly<Record<string, string>>): Database {
  const value = (name: string): string => {
    const found = environment[name]
    if (found === undefined) throw new Error(`${name} is missing in the environment of the local database`)
    return found
  }
  // The supervisor's own environment names no cloud: its client is told where the local one is.
  const client = new RDSDataClient({
    region: value('AWS_REGION'),
    endpoint: value('AWS_ENDPOINT_URL_RDS_DATA'),
    credentials: { accessKeyId: value('AWS_ACCESS_KEY_ID'), secretAccessKey: value('AWS_SECRET_ACCESS_KEY') },
  })
  return createDatabase(client, {
    DATABASE_RESOURCE_ARN: value('DATABASE_RESOURCE_ARN'),
    DATABASE_SECRET_ARN: value('DATABASE_SECRET_ARN'),
    DATABASE_NAME: value('DATABASE_NAME'),
  })
}
