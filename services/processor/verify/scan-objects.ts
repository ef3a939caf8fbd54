import type { ByteSource } from '../pdf/byte-source.ts'
import { packedValues, type RawObject, rawObjects } from './raw-objects.ts'
import type { Value } from './read-value.ts'

/** Keys and action types that a print file must not hold anywhere, reachable or not. */
const activeKeys = ['JavaScript', 'JS', 'AA', 'XFA', 'EmbeddedFiles', 'EF', 'RichMediaContent']
const activeTypes = ['JavaScript', 'Launch', 'SubmitForm', 'ImportData', 'GoToE', 'Rendition', 'Movie', 'Sound']
const moreActiveTypes = ['RichMediaExecute', 'ResetForm', 'Hide', 'SetOCGState']
/** Idle by themselves: they stay in the bytes of a source that is continued, and in no file that is written anew. */
const strayKeys = ['OpenAction', 'AcroForm', 'Annots']
const strayTypes = ['GoToR', 'URI', 'Named', 'GoTo']
/** Maps whose keys are names given by the author; a font may well be called /JS. */
const nameMaps = new Set(
  ['Font', 'XObject', 'ExtGState', 'ColorSpace', 'Pattern', 'Shading', 'Properties', 'CharProcs', 'Colorants'].map(
    (name) => `/${name}`,
  ),
)

const slashed = (names: readonly string[]): ReadonlySet<string> => new Set(names.map((name) => `/${name}`))
const always = { keys: slashed(activeKeys), types: slashed([...activeTypes, ...moreActiveTypes]) }
const anew = {
  keys: slashed([...activeKeys, ...strayKeys]),
  types: slashed([...activeTypes, ...moreActiveTypes, ...strayTypes]),
}
type Forbidden = typeof always

/**
 * What is active in a print file, by reading its objects one by one wherever they lie, in use or not, packed ones too: an
 * own tokenizer, not the parser that made the file. `isContinued`: the file begins with a customer's own bytes.
 */
export function activeIn(
  bytes: ByteSource,
  isContinued = false,
  onObject?: (object: RawObject) => void,
  objects: Iterable<RawObject> = rawObjects(bytes),
): string[] {
  const found = new Set<string>()
  const forbidden = isContinued ? always : anew
  try {
    for (const object of objects) {
      onObject?.(object)
      scan(object.value, '', forbidden, found)
      if (!(object.value instanceof Map) || object.value.get('/Type') !== '/ObjStm') continue
      for (const value of packedValues(bytes, object)) scan(value, '', forbidden, found)
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    // What cannot be looked into cannot be vouched for.
    found.add(error.message)
  }
  return [...found].toSorted()
}

function scan(value: Value, under: string, forbidden: Forbidden, found: Set<string>): void {
  if (typeof value === 'string') return
  if (Array.isArray(value)) {
    for (const entry of value) scan(entry, '', forbidden, found)
    return
  }
  if (!(value instanceof Map)) return
  if (!nameMaps.has(under)) judge(value, forbidden, found)
  for (const [key, entry] of value) scan(entry, key, forbidden, found)
}

function judge(dictionary: ReadonlyMap<string, Value>, forbidden: Forbidden, found: Set<string>): void {
  for (const [key, value] of dictionary) {
    if (forbidden.keys.has(key)) found.add(key.slice(1))
    if (key === '/Fields' && !(Array.isArray(value) && value.length === 0)) found.add('AcroForm')
    if (key !== '/S') continue
    for (const type of [value].flat())
      if (typeof type === 'string' && forbidden.types.has(type)) found.add(type.slice(1))
  }
}
