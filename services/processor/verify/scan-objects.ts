/** Keys and action types that a print file must not hold anywhere, reachable or not. */
const forbiddenKeys = [
  'JavaScript',
  'JS',
  'OpenAction',
  'AA',
  'AcroForm',
  'XFA',
  'EmbeddedFiles',
  'EF',
  'Annots',
  'RichMediaContent',
]
const forbiddenTypes = [
  'JavaScript',
  'Launch',
  'SubmitForm',
  'ImportData',
  'GoToE',
  'GoToR',
  'URI',
  'Rendition',
  'Movie',
  'Sound',
]
/** Maps whose keys are names given by the author; a font may well be called /JS. */
const nameMaps = new Set([
  'Font',
  'XObject',
  'ExtGState',
  'ColorSpace',
  'Pattern',
  'Shading',
  'Properties',
  'CharProcs',
  'Colorants',
])

/**
 * What is active in a print file, by reading its objects one by one from the first byte: an own tokenizer, not the parser
 * that made the file. Knows the files of our writer: no object streams, no encryption.
 */
export function activeIn(file: Buffer): string[] {
  const found = new Set<string>()
  for (const text of objectTexts(file)) scan(text, found)
  return [...found].toSorted()
}

const streamWord = 'stream\n'

/** The text of each object without its stream data. */
function* objectTexts(file: Buffer): Generator<string> {
  let at = file.indexOf(' 0 obj\n')
  while (at >= 0) {
    const end = file.indexOf('\nendobj', at)
    const stream = file.indexOf(`>>\n${streamWord}`, at)
    if (stream >= 0 && (end < 0 || stream < end)) {
      const text = file.toString('latin1', at + 7, stream + 2)
      yield text
      const length = Number(/\/Length (\d+) >>$/.exec(text)?.[1] ?? '0')
      at = file.indexOf(' 0 obj\n', stream + 3 + streamWord.length + length)
    } else {
      yield file.toString('latin1', at + 7, end < 0 ? file.length : end)
      at = end < 0 ? -1 : file.indexOf(' 0 obj\n', end)
    }
  }
}

const token = /<<|>>|\[|\]|\/([^\s<>[\](){}/%]*)|<[0-9a-fA-F\s]*>|[^\s<>[\]/]+/g

type Level = { readonly isMap: boolean; readonly isDictionary: boolean; isKeyNext: boolean; key: string }

function scan(text: string, found: Set<string>): void {
  const levels: Level[] = []
  for (const match of text.matchAll(token)) {
    const [word, name] = match
    const level = levels.at(-1)
    if (word === '<<') {
      const key = level?.isDictionary ? level.key : ''
      levels.push({ isMap: nameMaps.has(key), isDictionary: true, isKeyNext: true, key: '' })
    } else if (word === '[') levels.push({ isMap: false, isDictionary: false, isKeyNext: false, key: '' })
    else if (word === '>>' || word === ']') {
      levels.pop()
      valueSeen(levels.at(-1))
    } else if (name !== undefined && level?.isDictionary) nameIn(level, unescaped(name), found)
    else valueSeen(level)
  }
}

/** A value ends a key's turn; of a reference (`12 0 R`) the numbers do so too, as no key can follow but a name. */
function valueSeen(level: Level | undefined): void {
  if (level?.isDictionary) level.isKeyNext = true
}

function nameIn(level: Level, name: string, found: Set<string>): void {
  if (!level.isKeyNext) {
    if (level.key === 'S' && forbiddenTypes.includes(name)) found.add(name)
    level.isKeyNext = true
    return
  }
  level.key = name
  level.isKeyNext = false
  if (!level.isMap && forbiddenKeys.includes(name)) found.add(name)
}

const unescaped = (name: string): string =>
  name.replace(/#([0-9a-fA-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
