/** What something is kept under. Nothing else is one: they come from the two functions below, which say whose it is. */
class Key {
  /** Whose it is first. */
  readonly #parts: readonly string[]
  readonly #text: string

  constructor(parts: readonly string[]) {
    this.#parts = parts
    this.#text = JSON.stringify(parts)
  }

  get parts(): readonly string[] {
    return this.#parts
  }

  /** JSON of the parts: no two lists of parts have the same. */
  get text(): string {
    return this.#text
  }

  /** The texts of this key and of all those that it begins with. */
  beginnings(): readonly string[] {
    return this.#parts.map((_, index) => JSON.stringify(this.#parts.slice(0, index + 1)))
  }
}

export type CacheKey = Key

/** Of what belongs to an account; without further parts, of everything it has. */
export const keyOfAccount = (accountId: string, ...parts: readonly string[]): CacheKey =>
  new Key(['account', accountId, ...parts])

/** Of what is the same for everyone. */
export const keyOfEveryone = (...parts: readonly string[]): CacheKey => new Key(['everyone', ...parts])

/** Whether the key of this text begins with these parts: whole ones, so that acc_1 is not the beginning of acc_10. */
export const beginsWith = (text: string, prefix: CacheKey): boolean =>
  text === prefix.text || text.startsWith(`${prefix.text.slice(0, -1)},`)
