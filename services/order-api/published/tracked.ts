import { type CacheTag, tagText } from '#contracts/published/cache-tags.ts'

/** Gives what a tracked thing holds, and notes its tag on the document that is being built. */
export type Use = <T>(from: Tracked<T>) => T

/** What was built, and everything that it was made of. */
export type Built = { readonly value: object; readonly tags: readonly CacheTag[]; readonly tagText: string }

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

  /** Throws when it is made of more things than a cache keeps tags of. Undefined when `make` gives nothing: then there is no document. */
  static build(make: (use: Use) => object | undefined): Built | undefined {
    const tags = new Set<CacheTag>()
    const value = make((from) => {
      tags.add(from.#tag)
      return from.#held
    })
    if (value === undefined) return undefined
    const sorted = [...tags].sort()
    return { value, tags: sorted, tagText: tagText(sorted) }
  }
}
