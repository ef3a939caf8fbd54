import { type ChecksumAlgorithm, checksumAlgorithms, checksumElement } from '../body/checksum.ts'
import { S3Error } from './errors.ts'
import { childText, readXml, type XmlElement } from './read-xml.ts'

/** A part as the client remembers it. */
export type WantedPart = {
  readonly number: number
  /** Without quotes. */
  readonly etag: string
  readonly checksum: { readonly algorithm: ChecksumAlgorithm; readonly value: string } | undefined
}

/** Reads a CompleteMultipartUpload document. Throws S3Error MalformedXML or InvalidPartOrder. */
export function readPartList(xml: string): WantedPart[] {
  const root = readXml(xml)
  const parts = root.children.filter(({ name }) => name === 'Part').map(readPart)
  if (root.name !== 'CompleteMultipartUpload' || parts.length === 0 || parts.length > 10_000)
    throw new S3Error('MalformedXML')
  const isAscending = parts.every((part, index) => part.number > (parts[index - 1]?.number ?? 0))
  if (!isAscending) throw new S3Error('InvalidPartOrder')
  return parts
}

function readPart(part: XmlElement): WantedPart {
  const number = childText(part, 'PartNumber') ?? ''
  const etag = childText(part, 'ETag')
  if (!/^\d{1,5}$/.test(number) || etag === undefined) throw new S3Error('MalformedXML')
  const algorithm = checksumAlgorithms.find((candidate) => childText(part, checksumElement(candidate)) !== undefined)
  const value = algorithm && childText(part, checksumElement(algorithm))
  return {
    number: Number(number),
    etag: etag.trim().replace(/^"|"$/g, ''),
    checksum: algorithm && value !== undefined ? { algorithm, value } : undefined,
  }
}
