import { type CacheTag, tagText } from '#contracts/published/cache-tags.ts'

/** Gives what a tracked thing holds, and notes its tag on the document that is being built. */
export type Use = <T>(from: Tracked<T>) => T

/** In no other file: whatever has it was made here. */
const made = Symbol('made')

/** What was built, and everything that it was made of. Nobody but `Tracked.build` can make one. */
export type Built<T extends object = object> = {
  readonly value: T
  readonly tags: readonly CacheTag[]
  readonly tagText: string
  readonly [made]: true
}

/**
 * Something that documents are made of. What it holds is only to be had inside `Tracked.build`, which notes its tag: an answer that depends
 * on a thing and does not carry its tag cannot be built (promise P07).
 */
export class Tracked<T> {
  readonly #tag: CacheTag
  readonly #held: T

  constructor(tag: CacheTag, held: T) {
    this.#tag = tag
    this.#held = held
  }

  /**
   * `always`: tags that it has whatever it is made of. Undefined when `make` gives nothing: then there is no document. Throws when it is made of
   * more things than a cache keeps tags of.
   */
  static build<V extends object>(
    make: (use: Use) => V | undefined,
    always: readonly CacheTag[] = [],
  ): Built<V> | undefined {
    const tags = new Set(always)
    const value = make((from) => {
      tags.add(from.#tag)
      return from.#held
    })
    if (value === undefined) return undefined
    const sorted = [...tags].sort()
    return { value, tags: sorted, tagText: tagText(sorted), [made]: true }
  }
}
