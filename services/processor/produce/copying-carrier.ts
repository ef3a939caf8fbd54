import type { PdfFile } from '../pdf/pdf-file.ts'
import type { ObjectNumber, PdfWriter } from '../pdf/pdf-writer.ts'
import { textOf } from '../pdf/serialise.ts'
import { type PdfDict, PdfRef, PdfStream, type PdfValue } from '../pdf/values.ts'
import type { Carrier } from './carrier.ts'
import { keyText, without } from './kept-text.ts'
import { isCarried, type Role, roleOf } from './left-behind.ts'
import { mendedFont } from './mended-font.ts'
import { mendedGroup, mendedResources } from './mended-resources.ts'
import { isOwn, referTo } from './own-object.ts'
import type { Supplies } from './supplies.ts'

const deepest = 200
const pageNodes = ['Page', 'Pages', 'Catalog']

/** Copies objects of a source into a new file, once each, and only those that painting reaches. Data go over undecoded. */
export function createCopyingCarrier(file: PdfFile, writer: PdfWriter, supplies: Supplies): Carrier {
  const carried = new Map<number, ObjectNumber>()
  const waiting: { readonly ref: PdfRef; readonly role: Role }[] = []
  let isWriting = false

  const text = (value: PdfValue | undefined, role: Role, depth: number): string => {
    if (value === undefined || depth > deepest) return 'null'
    if (value instanceof PdfRef) return reference(value, role)
    if (value instanceof PdfStream) return 'null'
    if (value instanceof Map) return `<<${entries(mended(value, role), role, false, depth)}>>`
    if (Array.isArray(value)) return `[${value.map((entry) => text(entry, 'plain', depth + 1)).join(' ')}]`
    return textOf(value, () => 'null')
  }
  const mended = (dict: PdfDict, role: Role): PdfDict => {
    if (role === 'resources') return mendedResources(dict, file, supplies)
    if (role === 'group') return mendedGroup(dict, file, supplies) ?? dict
    return (role === 'plain' ? mendedFont(dict, file, supplies) : undefined) ?? dict
  }
  const entries = (dict: PdfDict, role: Role, isStream: boolean, depth: number): string => {
    const parts: string[] = []
    for (const [key, value] of dict) {
      if (!isCarried(key, value, role, isStream)) continue
      parts.push(`${keyText(key)} ${text(value, roleOf(key, role), depth + 1)}`)
    }
    return parts.join(' ')
  }
  const reference = (ref: PdfRef, role: Role): string => {
    if (isOwn(ref)) return referTo(ref.number)
    const known = carried.get(ref.number)
    if (known !== undefined) return referTo(known)
    const number = writer.reserve()
    carried.set(ref.number, number)
    waiting.push({ ref, role })
    return referTo(number)
  }
  const putData = (number: ObjectNumber, dictionary: string, stream: PdfStream): void => {
    if (file.isEncrypted) writer.putStream(number, dictionary, file.stored(stream))
    else writer.putStreamFrom(number, dictionary, file.bytes, stream.start, stream.length)
  }
  const write = (ref: PdfRef, role: Role): void => {
    const number = carried.get(ref.number)
    if (number === undefined) return
    const value = file.resolve(ref)
    if (value instanceof PdfStream) putData(number, entries(value.dict, 'plain', true, 0), value)
    else writer.put(number, isPageNode(value, file) ? 'null' : text(value, role, 0))
  }
  /** Written in turn, not one inside the other: chains of references may be long. */
  const flushed = (result: string): string => {
    if (isWriting) return result
    isWriting = true
    for (let next = waiting.pop(); next; next = waiting.pop()) write(next.ref, next.role)
    isWriting = false
    return result
  }
  return {
    file,
    text: (value) => flushed(text(value, 'plain', 0)),
    resources: (value) => flushed(file.dict(value) ? text(value, 'resources', 0) : '<< >>'),
    group: (value) => (file.dict(value) ? flushed(text(value, 'group', 0)) : undefined),
    entries: (dict, leaveOut = []) => flushed(entries(without(dict, leaveOut), 'plain', true, 0)),
    putData,
    referenceTo: (ref) => {
      const number = carried.get(ref.number)
      return number === undefined ? undefined : referTo(number)
    },
  }
}

/** Pages, page trees and catalogs lead to the whole rest of the document. */
function isPageNode(value: PdfValue | undefined, file: PdfFile): boolean {
  return value instanceof Map && pageNodes.includes(file.name(value.get('Type')) ?? '')
}
