import type { PdfFile } from '../pdf/pdf-file.ts'
import { type PdfDict, PdfName, PdfRef, PdfStream, type PdfValue } from '../pdf/values.ts'

/** Keys of a dictionary that make a document do something, or carry another file inside it. */
const activeKeys = new Set([
  'JavaScript',
  'JS',
  'OpenAction',
  'AA',
  'AcroForm',
  'XFA',
  'EmbeddedFiles',
  'EF',
  'RichMediaContent',
])
const activeTypes = new Set([
  'JavaScript',
  'Launch',
  'SubmitForm',
  'ImportData',
  'GoToE',
  'Rendition',
  'Movie',
  'Sound',
  'RichMediaExecute',
])
/** What a reader follows by a click: nothing to tell anybody, but print files carry none of it, not even unreachable. */
const followedTypes = new Set(['URI', 'GoToR', 'Named', 'Thread', 'Hide', 'ResetForm', 'SetOCGState', 'GoTo3DView'])
const depth = 20
const mostNames = 20

/** Names of whatever is active in a document, sorted, empty for most; and whether links lead out of it. */
export type ActiveContent = { readonly names: readonly string[]; readonly hasLinksOut: boolean }

/** Looks at objects for what is active in them; each once. */
export type ActiveScan = {
  /** At what a reference leads to, where it is at hand anyway: reading ten thousand pages once more takes its time. */
  readonly look: (at: PdfValue | undefined, value: PdfValue | undefined) => void
  /** At all the others in use, reached or not: an appended update would leave all of them in the bytes. */
  readonly rest: () => ActiveContent
}

export function scanForActiveContent(file: PdfFile): ActiveScan {
  const found = new Set<string>()
  const looked = new Uint8Array(file.size)
  return {
    look: (at, value) => {
      if (!(at instanceof PdfRef) || value === undefined || looked[at.number] === 1) return
      collect(file, value, found, depth)
      looked[at.number] = 1
    },
    rest: () => {
      for (const number of file.objectNumbers()) {
        if (looked[number] !== 1) collect(file, readable(file, number), found, depth)
      }
      const names = [...found].filter((name) => !followedTypes.has(name)).toSorted()
      return { names: names.slice(0, mostNames), hasLinksOut: names.length < found.size }
    },
  }
}

/** What cannot be read cannot act, and no copy takes it along. */
function readable(file: PdfFile, number: number): PdfValue {
  try {
    return file.object(number)
  } catch {
    return null
  }
}

function collect(file: PdfFile, value: PdfValue, found: Set<string>, levels: number): void {
  if (levels === 0 || value === null || typeof value !== 'object') return
  if (value instanceof PdfStream) collectKeys(file, value.dict, found, levels)
  else if (value instanceof Map) collectKeys(file, value, found, levels)
  else if (Array.isArray(value)) for (const entry of value) collect(file, entry, found, levels - 1)
}

function collectKeys(file: PdfFile, dictionary: PdfDict, found: Set<string>, levels: number): void {
  for (const [key, value] of dictionary) {
    if (activeKeys.has(key) && !isIdle(file, key, value)) found.add(key)
    if (key === 'S' && value instanceof PdfName && isActionType(value.text)) found.add(value.text)
    collect(file, value, found, levels - 1)
  }
}

const isActionType = (name: string): boolean => activeTypes.has(name) || followedTypes.has(name)

/** Office programs write both into documents that do nothing: the page to open at, and a form without fields. */
function isIdle(file: PdfFile, key: string, value: PdfValue): boolean {
  if (key === 'OpenAction') {
    const action = file.resolve(value)
    return !(action instanceof Map) || file.name(action.get('S')) === 'GoTo'
  }
  const form = key === 'AcroForm' ? file.dict(value) : undefined
  return form !== undefined && !form.has('XFA') && file.array(form.get('Fields'))?.length === 0
}
