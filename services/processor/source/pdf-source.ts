import {
  ParseSpeeds,
  PDFArray,
  type PDFContext,
  PDFDict,
  PDFDocument,
  PDFName,
  PDFNumber,
  type PDFObject,
} from '@cantoo/pdf-lib'
import type { RawBox } from '../inspect/facts.ts'

/** One page: its dictionary, and what it inherits from the page tree. */
export type PdfPage = { readonly dictionary: PDFDict; readonly inherited: ReadonlyMap<string, PDFObject> }
export type PdfSource = {
  readonly context: PDFContext
  readonly pages: readonly PdfPage[]
  readonly isEncrypted: boolean
  /** False where the page tree names pages that are not there. */
  readonly isWhole: boolean
}

/** A page tree deeper than this, or with more nodes than that, is built to exhaust us (DESIGN §8). */
const deepest = 60
const mostPages = 20_000
const inheritable = ['Resources', 'MediaBox', 'CropBox', 'Rotate'] as const

/** Reads a customer's PDF strictly: any object that cannot be read throws, and so does a page tree that runs in circles. */
export async function readPdf(bytes: Uint8Array): Promise<PdfSource> {
  const document = await PDFDocument.load(bytes, {
    ignoreEncryption: true,
    parseSpeed: ParseSpeeds.Fastest,
    throwOnInvalidObject: true,
    updateMetadata: false,
  })
  const { context } = document
  const isEncrypted = context.trailerInfo.Encrypt !== undefined
  const root = context.lookup(context.trailerInfo.Root)
  const tree = root instanceof PDFDict ? root.lookup(PDFName.of('Pages')) : undefined
  if (!(tree instanceof PDFDict)) throw new Error('The document has no page tree')
  return { context, isEncrypted, ...leavesOf(tree) }
}

function leavesOf(root: PDFDict): Pick<PdfSource, 'pages' | 'isWhole'> {
  const pages: PdfPage[] = []
  let isWhole = true
  const onPath = new Set<PDFDict>()
  let visited = 0
  const visit = (node: PDFDict, inherited: ReadonlyMap<string, PDFObject>): void => {
    visited += 1
    if (onPath.has(node) || onPath.size > deepest || visited > mostPages) throw new Error('The page tree has no end')
    const own = withOwn(node, inherited)
    const kids = node.lookup(PDFName.of('Kids'))
    if (!(kids instanceof PDFArray)) {
      isWhole &&= node.lookup(PDFName.of('Type')) !== PDFName.of('Pages')
      pages.push({ dictionary: node, inherited: own })
      return
    }
    onPath.add(node)
    for (let place = 0; place < kids.size(); place += 1) {
      const kid = kids.lookup(place)
      if (kid instanceof PDFDict) visit(kid, own)
      else isWhole = false
    }
    onPath.delete(node)
  }
  visit(root, new Map())
  return { pages, isWhole }
}

function withOwn(node: PDFDict, inherited: ReadonlyMap<string, PDFObject>): ReadonlyMap<string, PDFObject> {
  const own = new Map(inherited)
  for (const name of inheritable) {
    const value = node.get(PDFName.of(name))
    if (value) own.set(name, value)
  }
  return own
}

/** A page's entry, inherited where the page has none; references are followed. */
export function entryOf(source: Pick<PdfSource, 'context'>, page: PdfPage, name: string): PDFObject | undefined {
  return source.context.lookup(page.dictionary.get(PDFName.of(name)) ?? page.inherited.get(name))
}

/** A rectangle in any corner order, or undefined when it is none or has no area. */
export function boxEntryOf(source: Pick<PdfSource, 'context'>, page: PdfPage, name: string): RawBox | undefined {
  return rectangleOf(entryOf(source, page, name))
}

export function rectangleOf(value: PDFObject | undefined): RawBox | undefined {
  const [x1, y1, x2, y2] = numbersOf(value)
  if (x1 === undefined || y1 === undefined || x2 === undefined || y2 === undefined) return undefined
  const box = { x: Math.min(x1, x2), y: Math.min(y1, y2), width: Math.abs(x2 - x1), height: Math.abs(y2 - y1) }
  return box.width > 0 && box.height > 0 ? box : undefined
}

/** The numbers of an array, or none. */
export function numbersOf(value: PDFObject | undefined): number[] {
  if (!(value instanceof PDFArray)) return []
  const entries = Array.from({ length: Math.min(value.size(), 8) }, (_, place) => value.lookup(place))
  return entries.flatMap((entry) => (entry instanceof PDFNumber ? [entry.asNumber()] : []))
}
