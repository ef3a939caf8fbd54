import { crc32 } from 'node:zlib'
import { type ObjectRecord, parseObjectRecord } from './object-record.ts'

/*
 * One file holds one object: its bytes, then its record as JSON, then a footer of 16 bytes:
 *   8 bytes  magic
 *   4 bytes  length of the JSON, little endian
 *   4 bytes  CRC-32 of the JSON, little endian
 * The bytes come first so that a range of the object is the same range of the file; the record comes last because
 * ETag and size are known only when the bytes have passed.
 */
const magic = Buffer.from('PCOBJ01\n', 'latin1')

export const footerBytes = 16

/** What follows an object's bytes in its file: record and footer. */
export function writeTrailer(record: ObjectRecord): Buffer {
  const json = Buffer.from(JSON.stringify(record))
  const footer = Buffer.alloc(footerBytes)
  magic.copy(footer)
  footer.writeUInt32LE(json.length, 8)
  footer.writeUInt32LE(crc32(json), 12)
  return Buffer.concat([json, footer])
}

/** The length of the JSON before the footer, in bytes; `tail` is the end of a file. Throws when there is no footer. */
export function recordLength(tail: Buffer): number {
  const footer = tail.subarray(-footerBytes)
  if (footer.length < footerBytes || !footer.subarray(0, 8).equals(magic)) throw new Error('not an object file')
  return footer.readUInt32LE(8)
}

/** The record in a file's end, which must reach back to the start of the JSON. Throws when it is damaged. */
export function readTrailer(tail: Buffer): ObjectRecord {
  const json = tail.subarray(tail.length - footerBytes - recordLength(tail), tail.length - footerBytes)
  if (crc32(json) !== tail.readUInt32LE(tail.length - 4)) throw new Error('damaged object file')
  return parseObjectRecord(json.toString('utf8'))
}
