import { createHash } from 'node:crypto'
import { createCrc64Nvme } from '#chassis/crc64nvme.ts'
import type { PrintFile } from '#contracts/messages/process-report.ts'

/** The checksums that a ticket tells of a file, computed while its bytes go by. */
export type FileSums = {
  readonly update: (chunk: Uint8Array) => void
  /** All that the ticket tells are as told; false where it tells none. */
  readonly areRight: () => boolean
  readonly wanted: string
  readonly found: () => string
}

export function startSums({ sha256, crc64nvme }: Pick<PrintFile, 'sha256' | 'crc64nvme'>): FileSums {
  const hash = createHash('sha256')
  const crc = createCrc64Nvme()
  const told = [
    ...(sha256 === undefined ? [] : [{ name: 'sha256', value: sha256, of: () => hash.copy().digest('hex') }]),
    ...(crc64nvme === undefined ? [] : [{ name: 'crc64nvme', value: crc64nvme, of: crc.digest }]),
  ]
  return {
    update: (chunk) => {
      if (sha256 !== undefined) hash.update(chunk)
      if (crc64nvme !== undefined) crc.update(chunk)
    },
    areRight: () => told.length > 0 && told.every(({ value, of }) => of() === value),
    wanted: told.map(({ name, value }) => `${name} ${value}`).join(', ') || 'a checksum',
    found: () => told.map(({ name, of }) => `${name} ${of()}`).join(', ') || 'none in the ticket',
  }
}
