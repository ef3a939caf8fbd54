import { newId } from '#chassis/ids.ts'
import { type IdKind, idPrefixes } from '#contracts/ids.ts'

/** Makes an id of a kind; an argument of the pure code, so that a test can make them countable. */
export type MakeId = (kind: IdKind) => string

/** Ids as they are made in production: from the time and 80 random bits. */
export const makeIdAt =
  (now: () => Date): MakeId =>
  (kind) =>
    newId(idPrefixes[kind], now())
