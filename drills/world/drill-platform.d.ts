import { S3Client } from '@aws-sdk/client-s3'
import type { Database } from '#chassis/database.ts'
import { type Addresses } from '../../local/platform/addresses.ts'
import { type Platform, type PlatformOptions } from '../../local/platform/start-platform.ts'
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
  readonly stores: {
    readonly first: ReturnType<typeof gateTo>
    readonly standby: ReturnType<typeof gateTo>
  }
  readonly close: () => Promise<void>
}
export type DrillPlatformOptions = Pick<PlatformOptions, 'without' | 'environment' | 'ticketPatienceSeconds'> & {
  /** First of its ports; free ones without it. */
  readonly port?: number
}
/** Starts it in a folder of its own, which is removed with it. */
export declare function startDrillPlatform(options: DrillPlatformOptions, signal: AbortSignal): Promise<DrillPlatform>
