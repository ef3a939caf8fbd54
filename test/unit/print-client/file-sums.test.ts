import { createHash, randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createCrc64Nvme } from '#chassis/crc64nvme.ts'
import { startSums } from '../../../services/print-client/fetch/file-sums.ts'

/** The check value of the catalogue of CRCs, and what S3 gives for it. */
const checked = Buffer.from('123456789')
const crc64nvme = Buffer.from('ae8b14860a799888', 'hex').toString('base64')
const sha256 = createHash('sha256').update(checked).digest('hex')

function sumsOf(bytes: Buffer, told: Parameters<typeof startSums>[0]) {
  const sums = startSums(told)
  sums.update(bytes)
  return sums
}

describe('checksums of a print file', () => {
  test('CRC-64/NVME is that of S3, however the bytes are cut', () => {
    const crc = createCrc64Nvme()
    crc.update(checked)
    expect(crc.digest()).toBe(crc64nvme)
    const bytes = randomBytes(10_000)
    const [one, other] = [createCrc64Nvme(), createCrc64Nvme()]
    one.update(bytes)
    for (const [from, to] of [
      [0, 1],
      [1, 14],
      [14, 7777],
      [7777, 10_000],
    ] as const)
      other.update(bytes.subarray(from, to))
    expect(other.digest()).toBe(one.digest())
  })

  test('a file is right by each sum that the ticket tells, and by none when it tells none', () => {
    expect(sumsOf(checked, { sha256 }).areRight()).toBe(true)
    expect(sumsOf(checked, { crc64nvme }).areRight()).toBe(true)
    expect(sumsOf(checked, { sha256, crc64nvme }).areRight()).toBe(true)
    expect(sumsOf(Buffer.from('123456780'), { crc64nvme }).areRight()).toBe(false)
    expect(sumsOf(checked, { sha256, crc64nvme: 'AAAAAAAAAAA=' }).areRight()).toBe(false)
    expect(sumsOf(checked, {}).areRight()).toBe(false)
  })
})
