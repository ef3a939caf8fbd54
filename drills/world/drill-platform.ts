import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { S3Client } from '@aws-sdk/client-s3'
import type { Database } from '#chassis/database.ts'
import { postgresUrl } from '../../local/cloud/postgres/start-postgres.ts'
import { createS3Origin } from '../../local/edge/s3-origin.ts'
import { type Addresses, addressesFrom, listeners } from '../../local/platform/addresses.ts'
import { buckets, cloudEnvironment } from '../../local/platform/cloud-environment.ts'
import { forgetData } from '../../local/platform/folders.ts'
import type { Platform, PlatformOptions } from '../../local/platform/platform.ts'
import { databaseEnvironment } from '../../local/platform/processes.ts'
import { startPlatform } from '../../local/platform/start-platform.ts'
import { databaseOf } from '../../local/seed/database-of.ts'
import { freePorts } from '../../local/supervisor/ports.ts'
import { gateTo } from './gate.ts'

/** A platform of real processes, and the ways into it that a drill needs. */
export type DrillPlatform = {
  readonly platform: Platform
  readonly addresses: Addresses
  readonly dataFolder: string
  readonly s3: S3Client
  readonly database: Database
  readonly postgresUrl: string
  /** The two buckets, as an edge asks them. */
  readonly stores: { readonly first: ReturnType<typeof gateTo>; readonly standby: ReturnType<typeof gateTo> }
  readonly close: () => Promise<void>
}

export type DrillPlatformOptions = Pick<PlatformOptions, 'without' | 'environment' | 'ticketPatienceSeconds'> & {
  /** First of its ports; free ones without it. */
  readonly port?: number
}

/** Starts it in a folder of its own, which is removed with it. */
export async function startDrillPlatform(options: DrillPlatformOptions, signal: AbortSignal): Promise<DrillPlatform> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'printcloud-drill-'))
  const forget = async (): Promise<void> => {
    await forgetData(dataFolder)
    await rm(dataFolder, { recursive: true, force: true })
  }
  const port = options.port ?? (await freePorts(listeners.length))
  const addresses = addressesFrom(port)
  const platform = await startPlatform({ ...options, dataFolder, port }, signal).catch(async (error: unknown) => {
    await forget()
    throw error
  })
  const s3 = storeOf(addresses)
  return {
    ...{ platform, addresses, dataFolder, s3 },
    postgresUrl: postgresUrl(addresses.port('postgres')),
    database: databaseOf({ ...cloudEnvironment(addresses), ...databaseEnvironment }),
    stores: {
      first: gateTo(createS3Origin(s3, buckets.documents)),
      standby: gateTo(createS3Origin(s3, buckets.standbyDocuments)),
    },
    close: async () => {
      s3.destroy()
      await platform.close()
      await forget()
    },
  }
}

function storeOf(addresses: Addresses): S3Client {
  const environment = cloudEnvironment(addresses)
  const credentials = {
    accessKeyId: environment.AWS_ACCESS_KEY_ID ?? '',
    secretAccessKey: environment.AWS_SECRET_ACCESS_KEY ?? '',
  }
  const endpoint = addresses.url('object-store')
  return new S3Client({ region: environment.AWS_REGION ?? '', credentials, endpoint, maxAttempts: 1 })
}
