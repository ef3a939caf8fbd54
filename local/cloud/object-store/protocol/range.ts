import { S3Error } from './errors.ts'

/** From `start` up to and without `end`. */
export type ByteRange = { readonly start: number; readonly end: number }

/**
 * Reads a `Range: bytes=…` header against a size. Undefined for none, for several ranges and for another unit: S3 then
 * sends the whole object. Throws S3Error InvalidRange when nothing of the object lies in the range.
 */
export function readRange(header: string | undefined, sizeBytes: number): ByteRange | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '')
  if (!match || (match[1] === '' && match[2] === '')) return undefined
  const [first, last] = [match[1] ?? '', match[2] ?? '']
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined
  const start = first === '' ? Math.max(0, sizeBytes - Number(last)) : Number(first)
  const end = first === '' || last === '' ? sizeBytes : Math.min(sizeBytes, Number(last) + 1)
  if (start < end) return { start, end }
  throw new S3Error('InvalidRange', {
    headers: { 'content-range': `bytes */${sizeBytes}` },
    elements: { RangeRequested: header ?? '', ActualObjectSize: String(sizeBytes) },
  })
}
