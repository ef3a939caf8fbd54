import type { Terminal } from '../supervisor/logs.ts'
import type { LocalFile } from './local-file.ts'

export type PlatformOptions = {
  readonly dataFolder: string
  /** First of the ports in a row; 0 takes free ones. */
  readonly port: number
  /** Forget what an earlier platform left in the data folder. */
  readonly isFresh?: boolean
  /** How long the simulated shop takes for each step, in ms. */
  readonly shopStepMilliseconds?: number
  /** How many of those from shipped to delivered; the shop's own default without it. */
  readonly shopDeliverySteps?: number
  /** Seconds until an unanswered ticket is rung again; the services' own default without it. */
  readonly ticketPatienceSeconds?: number
  /** Where compiled code is kept between starts; in the data folder without it. */
  readonly cacheFolder?: string
  /** Processes that do not take part. */
  readonly without?: readonly string[]
  /** Origins that customers' files may come from although they are on this machine. */
  readonly allowedSources?: readonly string[]
  readonly allowedWebhooks?: readonly string[]
  /** By process: what its environment has besides, or instead. */
  readonly environment?: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** Where log lines for people go; nowhere without it. */
  readonly terminal?: Terminal
}

/** A platform that runs. */
export type Platform = {
  /** What `local.json` holds right now. */
  readonly local: LocalFile
  readonly pidOf: (name: string) => number | undefined
  readonly isReady: (name: string) => boolean
  readonly kill: (name: string, signal: NodeJS.Signals) => void
  readonly restarts: (name: string) => number
  /** Kills a process, which then stays away until `bringBack`; a database ends with its wrapper. */
  readonly takeDown: (name: string) => Promise<void>
  /** Resolves when it is ready again. */
  readonly bringBack: (name: string) => Promise<void>
  /** Ends everything in order, within 15 s; at once when `now` aborts. */
  readonly close: (now?: AbortSignal) => Promise<void>
}
