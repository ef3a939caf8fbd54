import type { Database } from '#chassis/database.ts'
/** What a caller of the API needs. */
export type Caller = {
  readonly apiUrl: string
  readonly secretKey: string
}
/** One request as a publisher sends it. Throws with what was answered where that is no success. */
export declare function ask(
  { apiUrl, secretKey }: Caller,
  method: string,
  path: string,
  body: unknown,
): Promise<{
  id: string
  version: number
}>
export declare const pathOf: (id: string) => string
/**
 * So many published publications: one over the API, the others copied from its rows in one statement each. All of them are then published by
 * the real worker. Gives their ids; the first is drawn most often.
 */
export declare function makePublications(caller: Caller, database: Database, count: number): Promise<readonly string[]>
/** Documents that are not written yet. */
export declare function unwritten(database: Database): Promise<number>
