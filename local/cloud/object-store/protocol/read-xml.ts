import { S3Error } from './errors.ts'

export type XmlElement = { readonly name: string; readonly children: readonly XmlElement[]; readonly text: string }

type Open = { readonly name: string; readonly children: XmlElement[]; text: string }

/** Deeper documents than this are not among the requests of S3; the bound keeps hostile ones cheap. */
const maxDepth = 16

const token = /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<(\/?)([A-Za-z_][\w.:-]*)((?:[^<>"']|"[^"]*"|'[^']*')*?)(\/?)>|([^<]+)/y

/**
 * Reads the small XML documents that S3 clients send: elements and text; attributes are skipped, prefixes dropped.
 * Document types, CDATA and unknown entities are refused, as is anything that is not well-formed: MalformedXML.
 */
export function readXml(source: string): XmlElement {
  const root: Open = { name: '', children: [], text: '' }
  const stack: Open[] = [root]
  token.lastIndex = 0
  while (token.lastIndex < source.length) {
    const match = token.exec(source)
    if (!match) throw new S3Error('MalformedXML')
    const [, closing, name, , selfClosing, characters] = match
    if (characters !== undefined) innermost(stack).text += unescapeXml(characters)
    else if (name !== undefined && closing) close(stack, name)
    else if (name !== undefined) open(stack, name, selfClosing === '/')
  }
  const [document] = root.children
  if (stack.length !== 1 || root.children.length !== 1 || root.text.trim() !== '' || !document) {
    throw new S3Error('MalformedXML')
  }
  return document
}

/** The first child of that name. */
export function child(parent: XmlElement, name: string): XmlElement | undefined {
  return parent.children.find((candidate) => candidate.name === name)
}

/** The text of the first child of that name. */
export function childText(parent: XmlElement, name: string): string | undefined {
  return child(parent, name)?.text
}

function innermost(stack: readonly Open[]): Open {
  const top = stack.at(-1)
  if (!top) throw new S3Error('MalformedXML')
  return top
}

function open(stack: Open[], qualifiedName: string, isEmpty: boolean): void {
  const opened: Open = { name: localName(qualifiedName), children: [], text: '' }
  innermost(stack).children.push(opened)
  if (isEmpty) return
  if (stack.length > maxDepth) throw new S3Error('MalformedXML')
  stack.push(opened)
}

function close(stack: Open[], qualifiedName: string): void {
  const closed = stack.pop()
  if (stack.length === 0 || closed?.name !== localName(qualifiedName)) throw new S3Error('MalformedXML')
}

function localName(qualifiedName: string): string {
  return qualifiedName.slice(qualifiedName.indexOf(':') + 1)
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function unescapeXml(characters: string): string {
  return characters.replace(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(\w*));?/g, (whole, decimal, hex, name) => {
    if (!whole.endsWith(';')) throw new S3Error('MalformedXML')
    if (name !== undefined) {
      const value = entities[name]
      if (value === undefined) throw new S3Error('MalformedXML')
      return value
    }
    const point = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)
    if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) throw new S3Error('MalformedXML')
    return String.fromCodePoint(point)
  })
}
