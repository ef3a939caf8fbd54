import { S3Error } from './errors.ts'
import { child, childText, readXml } from './read-xml.ts'
import { document, element, text } from './write-xml.ts'

export type Tags = Readonly<Record<string, string>>

/** S3's limits for the tags of an object. */
const maxTags = 10
const maxKeyLength = 128
const maxValueLength = 256

/** Reads the query-like `x-amz-tagging` header. Throws S3Error InvalidTag. */
export function readTagHeader(header: string | undefined): Tags {
  return header === undefined ? {} : checkedTags([...new URLSearchParams(header)])
}

/** Reads a Tagging document. Throws S3Error MalformedXML or InvalidTag. */
export function readTagDocument(xml: string): Tags {
  const root = readXml(xml)
  const set = child(root, 'TagSet')
  if (root.name !== 'Tagging' || !set) throw new S3Error('MalformedXML')
  return checkedTags(set.children.map((tag) => [childText(tag, 'Key') ?? '', childText(tag, 'Value') ?? '']))
}

export function writeTagDocument(tags: Tags): string {
  const written = Object.entries(tags).map(([key, value]) => element('Tag', [text('Key', key), text('Value', value)]))
  return document('Tagging', [element('TagSet', written)])
}

function checkedTags(entries: readonly (readonly [string, string])[]): Tags {
  const isValid =
    entries.length <= maxTags &&
    new Set(entries.map(([key]) => key)).size === entries.length &&
    entries.every(([key, value]) => key !== '' && key.length <= maxKeyLength && value.length <= maxValueLength)
  if (!isValid) throw new S3Error('InvalidTag')
  return Object.fromEntries(entries)
}
