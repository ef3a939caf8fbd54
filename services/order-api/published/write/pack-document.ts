import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
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

const quality = 9
const brotli = promisify(brotliCompress)
const zip = promisify(gzip)
type Encoding = (typeof encodings)[number]['name']
const packers: Readonly<Record<Encoding, (text: Buffer) => Promise<Buffer>>> = {
  br: (text) =>
    brotli(text, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: quality,
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
        // A window as large as the text: the default one is 4 MB of memory to be cleared for every small document.
        [constants.BROTLI_PARAM_LGWIN]: Math.min(22, Math.max(10, Math.ceil(Math.log2(text.length + 16)))),
      },
    }),
  gzip: (text) => zip(text, { level: quality }),
}

/** The same document gives the same bytes, whoever packs it. */
export function packedDocument(path: string, { value, tagText }: Built<Rendered>, rule: CacheRule): PackedDocument {
  const said = { contentType: `${value.type}; charset=utf-8`, cacheControl: cacheRules[rule], tagText }
  const pack = async (): Promise<PackedObjects> => {
    const text = Buffer.from(value.text)
    const packed = encodings.map(async ({ ending, name }) => {
      const body = await packers[name](text)
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
