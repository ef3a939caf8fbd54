declare module 'dynalite' {
  import type { Server } from 'node:http'

  /** `path`: folder of the LevelDB; the three times: how long a table stays CREATING, UPDATING, DELETING. */
  export default function dynalite(options: {
    readonly path: string
    readonly createTableMs: number
    readonly updateTableMs: number
    readonly deleteTableMs: number
  }): Server
}
