import type { Database } from '#chassis/database.ts'
import type { Caller } from '../world/publications.ts'
/** What a checkout was told when it wanted to order. */
export type Attempt = {
  readonly key: string
  readonly status: number
  readonly code: string
}
/** A checkout's order; status 0 where there was no answer. */
export declare function tryOrder({ apiUrl, secretKey }: Caller, key?: string): Promise<Attempt>
/** Rows that refused attempts left behind: orders, items, tickets and keys. Nobody else orders here. */
export declare function tracesOf(database: Database, attempts: readonly Attempt[]): Promise<number>
