/**
 * Texts that several processes share, for a time. Its promises never fail and never take long: a store that is slow or gone has
 * nothing, and takes nothing.
 */
export type SharedStore = {
  readonly get: (key: string) => Promise<string | undefined>
  readonly set: (key: string, text: string, milliseconds: number) => Promise<void>
  readonly delete: (key: string) => Promise<void>
}
