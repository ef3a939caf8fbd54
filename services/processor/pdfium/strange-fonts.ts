import type { Engine } from './engine.ts'

const textObject = 1
const formObject = 5
/** Text that only programs read: the words under a scanned page. */
const invisible = 3
const mostObjects = 20_000
const deepest = 12

/** Names of the fonts that text on the page is shown in and that the file does not bring along. */
export function strangeFonts(engine: Engine, page: number): readonly string[] {
  const fonts = new Set<number>()
  let left = mostObjects
  const look = (count: number, at: (index: number) => number, depth: number): void => {
    for (let index = 0; index < count && left > 0; index += 1) {
      left -= 1
      const object = at(index)
      const type = engine.call('FPDFPageObj_GetType', object)
      if (type === textObject && engine.call('FPDFTextObj_GetTextRenderMode', object) !== invisible)
        fonts.add(engine.call('FPDFTextObj_GetFont', object))
      if (type !== formObject || depth === deepest) continue
      const inner = (place: number): number => engine.call('FPDFFormObj_GetObject', object, place)
      look(engine.call('FPDFFormObj_CountObjects', object), inner, depth + 1)
    }
  }
  look(engine.call('FPDFPage_CountObjects', page), (index) => engine.call('FPDFPage_GetObject', page, index), 0)
  return [...fonts]
    .filter((font) => font !== 0 && engine.call('FPDFFont_GetIsEmbedded', font) === 0)
    .map((font) => nameOf(engine, font))
}

const longestName = 120

function nameOf(engine: Engine, font: number): string {
  const at = engine.allocate(longestName)
  try {
    const length = engine.call('FPDFFont_GetBaseFontName', font, at, longestName)
    if (length <= 1 || length > longestName) return '(no name)'
    return Buffer.from(engine.memory().slice(at, at + length - 1)).toString('utf8')
  } finally {
    engine.free(at)
  }
}
