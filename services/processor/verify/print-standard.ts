import type { ByteSource } from '../pdf/byte-source.ts'
import { type RawObject, unpacked, valueAt } from './raw-objects.ts'
import type { Value } from './read-value.ts'

type Dictionary = ReadonlyMap<string, Value>
type Found = { readonly dict: Dictionary; readonly streamAt: number | undefined }

/** Collects what the rules of PDF/X-4 need while a file's objects go by; later objects replace earlier ones. */
export function createStandardCheck(bytes: ByteSource) {
  const places = new Map<number, number>()
  let catalog: Dictionary | undefined
  const dictOf = (value: Value | undefined): Found | undefined => {
    if (value instanceof Map) return { dict: value, streamAt: undefined }
    const at = typeof value === 'string' ? places.get(Number.parseInt(value, 10)) : undefined
    const read = at === undefined ? undefined : valueAt(bytes, at + 3)
    return read?.value instanceof Map ? { dict: read.value, streamAt: read.streamAt } : undefined
  }
  return {
    see: ({ number, at, value }: RawObject): void => {
      places.set(number, at)
      if (!(value instanceof Map)) return
      if (value.get('/Type') === '/Catalog') catalog = value
    },
    /** PRINT-FILES §5, as far as objects tell; pages, boxes and fonts are another engine's to check. */
    faults: (): string[] => [
      ...trailerFaults(bytes),
      ...(catalog ? metadataFaults(bytes, dictOf(catalog.get('/Metadata'))) : ['no catalog']),
      ...(catalog ? intentFaults(bytes, intentsOf(catalog, dictOf, bytes, places), dictOf) : []),
    ],
  }
}

const tailBytes = 2048

function trailerFaults(bytes: ByteSource): string[] {
  const tail = bytes.read(bytes.size - tailBytes, bytes.size).toString('latin1')
  const start = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(tail)?.[1] ?? Number.NaN)
  if (!Number.isSafeInteger(start)) return ['no end that a reader finds']
  const trailer = trailerAt(bytes, start)
  if (!trailer) return ['no trailer']
  return [
    ...(trailer.has('/ID') ? [] : ['no /ID in the trailer']),
    ...(trailer.has('/Encrypt') ? ['the file is encrypted'] : []),
  ]
}

function trailerAt(bytes: ByteSource, start: number): Dictionary | undefined {
  const head = bytes.read(start, start + 40).toString('latin1')
  const word = /^\s*\d+\s+\d+\s+obj/.exec(head)
  if (word) return mapOf(valueAt(bytes, start + word[0].length)?.value)
  const table = bytes.read(start, bytes.size)
  const at = table.indexOf('trailer', 0, 'latin1')
  return at < 0 ? undefined : mapOf(valueAt(bytes, start + at + 7)?.value)
}

const mapOf = (value: Value | undefined): Dictionary | undefined => (value instanceof Map ? value : undefined)

const marks = ['GTS_PDFXVersion', 'PDF/X-4', 'pdf:Trapped', 'dc:title', 'xmpMM:DocumentID'] as const

function metadataFaults(bytes: ByteSource, found: Found | undefined): string[] {
  if (found?.streamAt === undefined) return ['no metadata']
  if (found.dict.has('/Filter')) return ['the metadata are packed']
  const text = unpacked(bytes, found.dict, found.streamAt).toString('utf8')
  return marks.filter((mark) => !text.includes(mark)).map((mark) => `no ${mark} in the metadata`)
}

function intentsOf(
  catalog: Dictionary,
  dictOf: (value: Value | undefined) => Found | undefined,
  bytes: ByteSource,
  places: ReadonlyMap<number, number>,
): readonly Dictionary[] {
  const entry = catalog.get('/OutputIntents')
  const at = typeof entry === 'string' ? places.get(Number.parseInt(entry, 10)) : undefined
  const list = at === undefined ? entry : valueAt(bytes, at + 3)?.value
  return Array.isArray(list) ? list.flatMap((each: Value) => dictOf(each)?.dict ?? []) : []
}

function intentFaults(
  bytes: ByteSource,
  intents: readonly Dictionary[],
  dictOf: (value: Value | undefined) => Found | undefined,
): string[] {
  const found = intents.filter((intent) => intent.get('/S') === '/GTS_PDFX')
  const [intent] = found
  if (found.length !== 1 || !intent) return [`${found.length} output intents for print instead of one`]
  const faults = intent.has('/OutputConditionIdentifier') ? [] : ['the output intent names no condition']
  const profile = dictOf(intent.get('/DestOutputProfile'))
  if (profile?.streamAt === undefined) return [...faults, 'the output intent has no profile']
  const icc = unpacked(bytes, profile.dict, profile.streamAt).toString('latin1', 0, 4096)
  const wanted = [icc.slice(12, 16) === 'prtr', icc.includes('A2B0'), icc.includes('B2A0')]
  return wanted.every(Boolean) ? faults : [...faults, 'the output intent’s profile is none of a printer']
}
