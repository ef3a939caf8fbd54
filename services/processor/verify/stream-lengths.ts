import type { ByteSource } from '../pdf/byte-source.ts'
import type { RawObject } from './raw-objects.ts'

const mostFaults = 5

/**
 * Collects streams that do not end where their /Length says: a reader that believes it would show half a picture, and
 * the next one another half. `from`: where our own bytes begin; what a customer's program wrote before is not ours.
 */
export function createLengthCheck(bytes: ByteSource, from = 0) {
  const faults: string[] = []
  // What looks like an object inside a stream's data is none.
  let isDataUntil = from
  return {
    see: ({ number, at, value, streamAt }: RawObject): void => {
      if (at < isDataUntil || streamAt === undefined || !(value instanceof Map)) return
      const end = streamAt + Number(value.get('/Length'))
      if (endsAt(bytes, end)) isDataUntil = end
      else faults.push(`object ${number}: /Length does not lead to the end of the stream`)
    },
    faults: (): readonly string[] => faults.slice(0, mostFaults),
  }
}

const endsAt = (bytes: ByteSource, end: number): boolean =>
  Number.isSafeInteger(end) && /^\s{0,2}endstream/.test(bytes.read(end, end + 11).toString('latin1'))
