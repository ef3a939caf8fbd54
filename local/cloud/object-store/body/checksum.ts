import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { createCrc64Nvme } from '#chassis/crc64nvme.ts'
import { S3Error } from '../protocol/errors.ts'
import { crc32c } from './crc.ts'

export const checksumAlgorithms = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const
export type ChecksumAlgorithm = (typeof checksumAlgorithms)[number]

/** A checksum grows with the bytes that pass and is read once, at the end. */
export type RunningChecksum = { readonly update: (data: Buffer) => void; readonly digest: () => Buffer }

/** The bytes of each algorithm's digest: a declared value of another length cannot be right. */
const digestBytes: Readonly<Record<ChecksumAlgorithm, number>> = {
  CRC32: 4,
  CRC32C: 4,
  CRC64NVME: 8,
  SHA1: 20,
  SHA256: 32,
}

export function startChecksum(algorithm: ChecksumAlgorithm): RunningChecksum {
  switch (algorithm) {
    case 'CRC32':
      return startCrc((data, crc) => crc32(data, crc))
    case 'CRC32C':
      return startCrc(crc32c)
    case 'CRC64NVME':
      return startCrc64()
    case 'SHA1':
    case 'SHA256': {
      const hash = createHash(algorithm.toLowerCase())
      return { update: (data) => hash.update(data), digest: () => hash.digest() }
    }
  }
}

/** `x-amz-checksum-crc32` and its kin. */
export function checksumHeader(algorithm: ChecksumAlgorithm): string {
  return `x-amz-checksum-${algorithm.toLowerCase()}`
}

/** `ChecksumCRC32` and its kin, as XML documents name them. */
export function checksumElement(algorithm: ChecksumAlgorithm): string {
  return `Checksum${algorithm}`
}

/** The algorithm a header names, in either case; undefined when there is no header. Throws S3Error InvalidRequest for another word. */
export function readChecksumAlgorithm(word: string | undefined): ChecksumAlgorithm | undefined {
  if (word === undefined) return undefined
  const found = checksumAlgorithms.find((algorithm) => algorithm === word.toUpperCase())
  if (!found) throw new S3Error('InvalidRequest', { message: 'Checksum algorithm provided is unsupported.' })
  return found
}

/** Throws S3Error InvalidRequest unless `value` is base64 of the algorithm's length. */
export function requireChecksumShape(algorithm: ChecksumAlgorithm, value: string): void {
  const bytes = Buffer.from(value, 'base64')
  if (bytes.length === digestBytes[algorithm] && bytes.toString('base64') === value) return
  throw new S3Error('InvalidRequest', { message: `Value for ${checksumHeader(algorithm)} header is invalid.` })
}

function startCrc(step: (data: Buffer, crc: number) => number): RunningChecksum {
  let crc = 0
  return {
    update: (data) => {
      crc = step(data, crc)
    },
    digest: () => {
      const bytes = Buffer.alloc(4)
      bytes.writeUInt32BE(crc)
      return bytes
    },
  }
}

function startCrc64(): RunningChecksum {
  const crc = createCrc64Nvme()
  return { update: crc.update, digest: () => Buffer.from(crc.digest(), 'base64') }
}
