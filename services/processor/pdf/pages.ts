import type { RawBox } from '../inspect/facts.ts'
import { PdfFault, type PdfFile, type PdfPage } from './pdf-file.ts'
import { rectangleOf } from './rectangle-of.ts'
import { type PdfDict, PdfRef, type PdfValue } from './values.ts'

/** As deep as other programs follow it; each level is a call inside the other. */
const deepest = 1000
const mostNodes = 20_000
const heritable = ['Resources', 'MediaBox', 'CropBox', 'Rotate']

/** All pages in order. `isWhole`: the tree names no page that is not there, and its count is right. */
export type Pages = { readonly pages: readonly PdfPage[]; readonly isWhole: boolean }

export function pagesOf(file: PdfFile): Pages {
  const walk = new Walk(file)
  const root = file.catalog.get('Pages')
  walk.node(root ?? null, new Map(), 0)
  const count = file.number(file.dict(root)?.get('Count'))
  if (walk.pages.length > 0) return { pages: walk.pages, isWhole: walk.isWhole && count === walk.pages.length }
  return { pages: loosePages(file), isWhole: count === 0 }
}

/** An entry of the page, inherited where it is not its own, references followed. */
export const entryOf = (file: PdfFile, page: PdfPage, name: string): PdfValue | undefined => {
  const own = file.resolve(page.dict.get(name))
  return own === undefined || own === null ? file.resolve(page.inherited.get(name)) : own
}

/** A box of the page, inherited where it is not its own; undefined where it is missing, no box or empty. */
export const boxEntryOf = (file: PdfFile, page: PdfPage, name: string): RawBox | undefined =>
  rectangleOf(file, entryOf(file, page, name))

class Walk {
  readonly pages: PdfPage[] = []
  isWhole = true
  readonly #file: PdfFile
  /** Objects from the root to where we are: one that comes again is a circle. */
  readonly #above = new Set<number>()
  #nodes = 0

  constructor(file: PdfFile) {
    this.#file = file
  }

  node(entry: PdfValue, inherited: PdfDict, depth: number): void {
    if (depth > deepest) throw new PdfFault('RESOURCE_LIMIT', `the tree of pages is more than ${deepest} deep`)
    if (++this.#nodes > mostNodes) throw new PdfFault('RESOURCE_LIMIT', `more than ${mostNodes} pages and page groups`)
    const ref = entry instanceof PdfRef ? entry : undefined
    const dict = this.#file.resolve(entry)
    if (!(dict instanceof Map) || (ref !== undefined && this.#above.has(ref.number))) {
      this.isWhole = false
      return
    }
    const kids = this.#file.array(dict.get('Kids'))
    if (kids === undefined) this.#leaf(ref, dict, inherited)
    else this.#group(ref, kids, heritage(dict, inherited), depth)
  }

  #leaf(ref: PdfRef | undefined, dict: PdfDict, inherited: PdfDict): void {
    const type = this.#file.name(dict.get('Type'))
    if (type === 'Pages' || type === 'Catalog') this.isWhole &&= this.#file.number(dict.get('Count')) === 0
    else this.pages.push({ ref, dict, inherited })
  }

  #group(ref: PdfRef | undefined, kids: readonly PdfValue[], inherited: PdfDict, depth: number): void {
    if (ref !== undefined) this.#above.add(ref.number)
    for (const kid of kids) this.node(kid, inherited, depth + 1)
    if (ref !== undefined) this.#above.delete(ref.number)
  }
}

/** What pages below a group inherit; the same map where the group has nothing to give. */
function heritage(dict: PdfDict, inherited: PdfDict): PdfDict {
  const given = heritable.filter((name) => dict.has(name))
  if (given.length === 0) return inherited
  const all = new Map(inherited)
  for (const name of given) all.set(name, dict.get(name) ?? null)
  return all
}

/** Where the tree leads to no page: whatever says of itself that it is one. */
function loosePages(file: PdfFile): PdfPage[] {
  const pages: PdfPage[] = []
  for (const number of file.objectNumbers()) {
    const dict = file.object(number)
    if (!(dict instanceof Map) || file.name(dict.get('Type')) !== 'Page') continue
    pages.push({ ref: new PdfRef(number, 0), dict, inherited: new Map() })
    if (pages.length > mostNodes) throw new PdfFault('RESOURCE_LIMIT', `more than ${mostNodes} pages`)
  }
  return pages
}
