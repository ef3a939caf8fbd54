import type { Format } from './formats.ts'

/** What a file is by its own bytes: a format that we open, or words for what it looks like. */
export type Sniffed =
  | { readonly kind: 'known'; readonly format: Format }
  | { readonly kind: 'unknown'; readonly looksLike: string }
  | { readonly kind: 'empty' }

/** So many bytes of the start are enough for every rule below. */
export const sniffedBytes = 4096
/** Acrobat and others accept a PDF header this late; mail gateways and web servers put bytes before it. */
const pdfHeaderWithin = 1024

type Rule = { readonly at?: number; readonly bytes: string }
const ascii = (text: string, at = 0): Rule => ({ at, bytes: Buffer.from(text, 'latin1').toString('hex') })
const hex = (bytes: string, at = 0): Rule => ({ at, bytes })

const known: readonly (readonly [Format, readonly Rule[]])[] = [
  ['jpeg', [hex('ffd8ff')]],
  ['png', [hex('89504e470d0a1a0a')]],
  ['tiff', [hex('49492a00')]],
  ['tiff', [hex('4d4d002a')]],
  ['tiff', [hex('49492b00')]],
  ['tiff', [hex('4d4d002b')]],
  ['webp', [ascii('RIFF'), ascii('WEBP', 8)]],
  ['gif', [ascii('GIF87a')]],
  ['gif', [ascii('GIF89a')]],
  ['avif', [ascii('ftypavif', 4)]],
  ['avif', [ascii('ftypavis', 4)]],
  ['heic', [ascii('ftyphei', 4)]],
  ['heic', [ascii('ftyphev', 4)]],
  ['heic', [ascii('ftypmif1', 4)]],
  ['heic', [ascii('ftypmsf1', 4)]],
]

const unknown: readonly (readonly [string, readonly Rule[]])[] = [
  ['a video', [ascii('ftyp', 4)]],
  ['PostScript or EPS: export it as PDF', [ascii('%!PS')]],
  ['EPS: export it as PDF', [hex('c5d0d3c6')]],
  ['a Photoshop file: export it as PDF or TIFF', [ascii('8BPS')]],
  ['an InDesign file: export it as PDF', [hex('0606edf5d81d46e5')]],
  ['a BMP image: send it as PNG', [ascii('BM')]],
  ['a JPEG XL image: send it as JPEG', [hex('ff0a')]],
  ['a JPEG XL image: send it as JPEG', [hex('0000000c4a584c20')]],
  ['a JPEG 2000 image: send it as JPEG', [hex('0000000c6a502020')]],
  ['an old Word, Excel or PowerPoint file: export it as PDF', [hex('d0cf11e0a1b11ae1')]],
  ['a RAR archive: send the files themselves', [ascii('Rar!')]],
  ['a 7-Zip archive: send the files themselves', [hex('377abcaf271c')]],
  ['a gzip archive: send the files themselves', [hex('1f8b')]],
  ['rich text: export it as PDF', [ascii('{\\rtf')]],
  ['a program', [ascii('MZ')]],
  ['a program', [hex('7f454c46')]],
]

/** Tells what the file is from its first bytes alone; names and declared types are not asked. */
export function sniff(head: Uint8Array): Sniffed {
  if (head.length === 0) return { kind: 'empty' }
  const bytes = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, sniffedBytes))
  const format = avifAmongBrands(bytes)
    ? 'avif'
    : known.find(([, rules]) => rules.every((rule) => fits(bytes, rule)))?.[0]
  if (format) return { kind: 'known', format }
  const archive = zipMarks.some((rule) => fits(bytes, rule)) ? officeKind(bytes) : undefined
  if (archive) return archive === 'none' ? { kind: 'known', format: 'zip' } : { kind: 'unknown', looksLike: archive }
  if (bytes.subarray(0, pdfHeaderWithin).includes('%PDF-')) return { kind: 'known', format: 'pdf' }
  return { kind: 'unknown', looksLike: looksLike(bytes) }
}

function fits(bytes: Buffer, { at = 0, bytes: wanted }: Rule): boolean {
  return bytes.subarray(at, at + wanted.length / 2).toString('hex') === wanted
}

/** AVIF files may carry `mif1` as their major brand and `avif` among the compatible ones. */
function avifAmongBrands(bytes: Buffer): boolean {
  if (bytes.toString('latin1', 4, 8) !== 'ftyp') return false
  const brands = bytes.toString('latin1', 8, Math.min(bytes.readUInt32BE(0), 64))
  return brands.includes('avif') || brands.includes('avis')
}

function looksLike(bytes: Buffer): string {
  const named = unknown.find(([, rules]) => rules.every((rule) => fits(bytes, rule)))
  if (named) return named[0]
  const text = bytes
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart()
    .toLowerCase()
  if (text.startsWith('<!doctype html') || text.includes('<html'))
    return 'a web page (HTML), not the file behind the link'
  if (text.includes('<svg')) return 'an SVG drawing: export it as PDF'
  if (text.startsWith('<?xml')) return 'XML'
  if (text.startsWith('{') || text.startsWith('[')) return 'JSON text'
  return isText(bytes) ? 'plain text: export it as PDF' : 'a file of unknown format'
}

/** A file first, or the directory of an archive without any. */
const zipMarks = [hex('504b0304'), hex('504b0506')]
/** Names begin here in the first entry's header, which also tells how long they are. */
const [zipNameLengthAt, zipNameAt] = [26, 30]

/** Documents that are archives inside; `none` for an archive of somebody's files. */
function officeKind(bytes: Buffer): string {
  const text = bytes.toString('latin1')
  const length = bytes.length >= zipNameAt ? bytes.readUInt16LE(zipNameLengthAt) : 0
  const firstName = text.slice(zipNameAt, zipNameAt + length)
  if (text.includes('mimetypeapplication/epub')) return 'an EPUB book: export it as PDF'
  if (text.includes('mimetypeapplication/vnd.oasis')) return 'an OpenDocument file: export it as PDF'
  const isOffice = text.includes('[Content_Types].xml') || /^(_rels|docProps|word|xl|ppt)\//.test(firstName)
  return isOffice ? 'a Word or Office file (DOCX): export it as PDF' : 'none'
}

function isText(bytes: Buffer): boolean {
  return !bytes.some((byte) => byte < 9 || (byte > 13 && byte < 32))
}
