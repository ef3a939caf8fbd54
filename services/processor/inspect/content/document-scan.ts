import { PdfFault, type PdfFile } from '../../pdf/pdf-file.ts'
import { type PdfDict, PdfRef, type PdfStream, type PdfValue } from '../../pdf/values.ts'
import { colourOperators } from './colour-operators.ts'
import { ContentTokens, endOfContent, Word } from './content-tokens.ts'
import { type Font, fontOf } from './font-facts.ts'
import { graphicsOperators } from './graphics-operators.ts'
import { addKinds, type Marks, noMarks } from './marks.ts'
import { objectOperators } from './object-operators.ts'
import { type Act, type DocumentScan, startRun } from './run.ts'
import { type Scope, scopeOf } from './scope.ts'
import { textOperators } from './text-operators.ts'

/** The document is built to exhaust us, or larger than its facts are worth: what is left is not looked at. */
export class TooMuchContent extends Error {
  override name = 'TooMuchContent'
}

export type Limits = { readonly streamBytes: number; readonly documentBytes: number; readonly operators: number }

const deepestForm = 12
const mostOperands = 64
const mostFormsKept = 5000
const acts = new Map<string, Act>(
  Object.entries({ ...graphicsOperators, ...colourOperators, ...textOperators, ...objectOperators }),
)

export type ContentScan = DocumentScan & {
  /** Marks of content that is in these streams, one after the other; throws TooMuchContent. */
  readonly content: (streams: readonly PdfStream[], resources: PdfDict | undefined) => Marks
}

/** Reads content of one document within its limits, every form and every font once. */
export function scanDocument(file: PdfFile, isHidden: DocumentScan['isHidden'], limits: Limits): ContentScan {
  const left = { bytes: limits.documentBytes, operators: limits.operators }
  let cellsOpen = 0
  const fonts = new Map<number, Font>()
  // Seen again while it is being read, a form stands inside itself. Viewers pass over that, but not inside a pattern.
  const forms = formCache(() => ({ ...noMarks(), isEndless: cellsOpen > 0 }))
  const spend = (operators: number): void => {
    left.operators -= operators
    if (left.operators < 0) throw new TooMuchContent('more operators than one document may have')
  }
  const decoded = (stream: PdfStream): Buffer | undefined => {
    const most = Math.min(limits.streamBytes, left.bytes)
    if (stream.length > most) throw new TooMuchContent('more content than one page may have')
    if (!isText(file, stream)) return undefined
    try {
      const bytes = file.decoded(stream, most)
      left.bytes -= bytes.length
      return bytes
    } catch (cause) {
      if (!(cause instanceof PdfFault)) throw cause
      if (cause.code === 'RESOURCE_LIMIT') throw new TooMuchContent('more content than one page may have', { cause })
      // Damaged data: the page cannot be followed, which is a fact, not a failure.
      return undefined
    }
  }
  const run = (bytes: readonly (Buffer | undefined)[], scope: Scope, depth: number): Marks => {
    const marks = read(document, Buffer.concat(withSpaces(bytes)), scope, depth)
    if (bytes.includes(undefined)) marks.isReadable = false
    return marks
  }
  const document: DocumentScan = {
    file,
    isHidden,
    spend,
    form: (stream, scope, depth) => {
      if (depth > deepestForm) return noMarks()
      const resources = file.dict(stream.dict.get('Resources'))
      const own = resources ? scopeOf(file, resources) : scope
      return forms(stream.id.number, resources ? undefined : scope, () => run([decoded(stream)], own, depth))
    },
    cell: (stream, scope, depth) => {
      cellsOpen += 1
      try {
        return document.form(stream, scope, depth)
      } finally {
        cellsOpen -= 1
      }
    },
    font: (value, scope, depth) => {
      const number = value instanceof PdfRef ? value.number : undefined
      const known = number === undefined ? undefined : fonts.get(number)
      const dict = known ? undefined : file.dict(value)
      if (!dict) return known
      const resources = file.dict(dict.get('Resources'))
      const own = resources ? scopeOf(file, resources) : scope
      if (number !== undefined) fonts.set(number, ofItself)
      const font = fontOf(file, dict, (glyphs) => gathered(glyphs.map((glyph) => document.form(glyph, own, depth + 1))))
      if (number !== undefined) fonts.set(number, font)
      return font
    },
  }
  return { ...document, content: (streams, resources) => run(streams.map(decoded), scopeOf(file, resources), 0) }
}

function read(document: DocumentScan, bytes: Buffer, scope: Scope, depth: number): Marks {
  const tokens = new ContentTokens(bytes)
  const run = startRun(document, scope, tokens, depth)
  const operands: PdfValue[] = []
  for (let token = tokens.next(); token !== endOfContent; token = tokens.next()) {
    if (!(token instanceof Word)) {
      if (operands.length < mostOperands) operands.push(token)
      continue
    }
    document.spend(1)
    acts.get(token.text)?.(run, operands)
    operands.length = 0
  }
  return run.marks
}

const textFilters = /^(?:Flate|LZW|ASCII85|ASCIIHex|RunLength)Decode$|^(?:Fl|LZW|A85|AHx|RL|Crypt)$/

/** False for content under filters of pictures or of nobody: no viewer could follow it. */
function isText(file: PdfFile, { dict }: PdfStream): boolean {
  const filter = dict.get('Filter')
  const names = file.array(filter) ?? (filter === undefined ? [] : [filter])
  return names.every((name) => textFilters.test(file.name(name) ?? 'Crypt'))
}

/** What a glyph shows that is set in its own font: renderers know the font that they are in, and each stops somewhere. */
const ofItself: Font = {
  use: { name: 'itself', supply: 'embedded' },
  bytesPerGlyph: 1,
  widthOf: () => undefined,
  kinds: { ...noMarks(), isReadable: false },
}

/** Streams of one page are cut anywhere between two words (ISO 32000-1, 7.7.3.3). */
const withSpaces = (parts: readonly (Buffer | undefined)[]): Buffer[] =>
  parts.flatMap((part) => (part ? [part, Buffer.from('\n')] : []))

function gathered(parts: readonly Marks[]): Marks {
  const all = noMarks()
  for (const part of parts) addKinds(all, part)
  return all
}

/** A form without resources of its own means other things on other pages: it is known by both. */
function formCache(whileOpen: () => Marks) {
  const open = noMarks()
  const alone = new Map<number, Marks>()
  const within = new WeakMap<Scope, Map<number, Marks>>()
  return (number: number, scope: Scope | undefined, make: () => Marks): Marks => {
    const cache = scope ? (within.get(scope) ?? new Map<number, Marks>()) : alone
    if (scope) within.set(scope, cache)
    const known = cache.get(number)
    if (known) return known === open ? whileOpen() : known
    cache.set(number, open)
    const marks = make()
    if (cache.size > mostFormsKept) cache.clear()
    cache.set(number, marks)
    return marks
  }
}
