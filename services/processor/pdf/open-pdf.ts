import type { ByteSource } from './byte-source.ts'
import { headerOf } from './header.ts'
import { isWithoutLeftovers } from './leftovers.ts'
import { OpenDocument } from './open-document.ts'
import type { PdfFile } from './pdf-file.ts'
import { PdfName, PdfStream } from './values.ts'

const mostStatedSize = 1 << 23

/** Opens a PDF and mends what is damaged. Throws PdfFault where a password is wanted or no pages can be found. */
export function openPdf(bytes: ByteSource): PdfFile {
  const document = new OpenDocument(bytes)
  const { store } = document
  return {
    bytes,
    version: versionOf(document),
    get trailer() {
      return document.trailer
    },
    get catalog() {
      return document.catalog
    },
    get startXref() {
      return document.sections[0]?.start ?? 0
    },
    get xrefKind() {
      return document.sections[0]?.kind ?? 'table'
    },
    get size() {
      const stated = document.trailer.get('Size')
      return Math.max(store.table.size, typeof stated === 'number' && stated < mostStatedSize ? Math.floor(stated) : 0)
    },
    isEncrypted: document.isEncrypted,
    get wasRebuilt() {
      return document.wasRebuilt
    },
    isWithoutLeftovers: () => isWithoutLeftovers(document),
    objectNumbers: () => store.table.numbersInUse(),
    ...lookups(store),
  }
}

type Lookups = Pick<
  PdfFile,
  'object' | 'resolve' | 'dict' | 'array' | 'number' | 'name' | 'stream' | 'stored' | 'decoded'
>

const lookups = (store: OpenDocument['store']): Lookups => ({
  object: (number) => store.object(number),
  resolve: (value) => store.resolve(value),
  dict: (value) => {
    const found = store.resolve(value)
    return found instanceof PdfStream ? found.dict : found instanceof Map ? found : undefined
  },
  array: (value) => {
    const found = store.resolve(value)
    return Array.isArray(found) ? found : undefined
  },
  number: (value) => {
    const found = store.resolve(value)
    return typeof found === 'number' ? found : undefined
  },
  name: (value) => {
    const found = store.resolve(value)
    return found instanceof PdfName ? found.text : undefined
  },
  stream: (value) => {
    const found = store.resolve(value)
    return found instanceof PdfStream ? found : undefined
  },
  stored: (stream) => store.stored(stream),
  decoded: (stream, mostBytes) => store.decoded(stream, mostBytes),
})

function versionOf({ store, catalog }: OpenDocument): string {
  const stated = headerOf(store.bytes).version
  const newer = store.resolve(catalog.get('Version'))
  return newer instanceof PdfName && /^\d\.\d$/.test(newer.text) && newer.text > stated ? newer.text : stated
}
