import { crc32 } from 'node:zlib'
import { Refused } from '#chassis/errors.ts'
import { parse } from '#contracts/parse.ts'
import { type JournalRecord, records } from './record.ts'

const checksumLength = 8

/** One record as a line: CRC-32 of the JSON in hex, a space, the JSON, a line feed. */
export function writeLine(record: JournalRecord): string {
  const json = JSON.stringify(record)
  return `${checksum(json)} ${json}\n`
}

/** The record of a line (without its line feed), or undefined where the bytes are not what was written. */
export function readLine(line: string): JournalRecord | undefined {
  const json = line.slice(checksumLength + 1)
  if (line.at(checksumLength) !== ' ' || checksum(json) !== line.slice(0, checksumLength)) return undefined
  const value: unknown = JSON.parse(json)
  const type = typeof value === 'object' && value !== null && 'type' in value ? value.type : undefined
  if (!isKnown(type)) {
    throw new Refused('journal_unknown', `The journal holds a record "${String(type)}" that this version does not know`)
  }
  return parse(`journal record ${type}`, records[type], value)
}

const isKnown = (type: unknown): type is keyof typeof records =>
  typeof type === 'string' && Object.hasOwn(records, type)

const checksum = (json: string): string => crc32(json).toString(16).padStart(checksumLength, '0')
