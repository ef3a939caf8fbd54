import { createHash } from 'node:crypto'
import { packText } from '#chassis/pack-text.ts'
import { type CacheRule, cacheRules } from '#contracts/published/cache-rules.ts'
import { encodings } from '#contracts/published/variants.ts'
import type { Part, Rendered } from '../render/rendered.ts'
import type { Built } from '../tracked.ts'
import type { PackedObject } from './document-store.ts'

/** The endings of a document's objects: as it is, and each way of packing. */
export const endings = ['', ...encodings.map(({ ending }) => ending)] as const

/** A document with its three objects. */
export type PackedDocument = {
  /** Of all that is put: the text, and what is said beside it. */
  readonly sha256: string
  /** Packed when they are asked for, once: most documents that are looked at did not change. */
  readonly objects: () => Promise<PackedObjects>
  /** What must lie there before it. */
  readonly parts: readonly Part[]
}
type PackedObjects = readonly (readonly [ending: string, object: PackedObject])[]

/** The same document gives the same bytes, whoever packs it. */
export function packedDocument(path: string, { value, tagText }: Built<Rendered>, rule: CacheRule): PackedDocument {
  const said = { contentType: `${value.type}; charset=utf-8`, cacheControl: cacheRules[rule], tagText }
  const pack = async (): Promise<PackedObjects> => {
    const text = Buffer.from(value.text)
    const packed = encodings.map(async ({ ending, name }) => {
      const body = await packText[name](text)
      return [ending, { ...said, path: path + ending, body, contentEncoding: name }] as const
    })
    return [['', { ...said, path, body: text }], ...(await Promise.all(packed))]
  }
  let packed: Promise<PackedObjects> | undefined
  return {
    parts: value.parts,
    sha256: createHash('sha256').update(JSON.stringify(said)).update(value.text).digest('hex'),
    objects: () => {
      packed ??= pack()
      return packed
    },
  }
}
