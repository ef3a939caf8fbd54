import { inflateSync, constants as zlib } from 'node:zlib'
import type { ByteSource } from '../pdf/byte-source.ts'
import { findBytes } from '../pdf/find-bytes.ts'
import { readValue, type Value } from './read-value.ts'

/** An object as it lies in the file, in use or not. `streamAt`: where its data begin. */
export type RawObject = {
  readonly number: number
  readonly at: number
  readonly value: Value
  readonly streamAt: number | undefined
}

const firstWindowBytes = 1 << 10
const longestValueBytes = 1 << 24
/** An object stream that unpacks to more is a bomb. */
const mostUnpackedBytes = 1 << 26

/** Every object of the file by its own words, wherever it lies: tables are not asked, lengths are not believed. */
export function* rawObjects(bytes: ByteSource, from = 0): Generator<RawObject> {
  for (let at = findBytes(bytes, 'obj', from); at >= 0; at = findBytes(bytes, 'obj', at + 3)) {
    const before = bytes.read(at - 24, at).toString('latin1')
    const head = /(\d{1,10})[\0\t\n\f\r ]+\d{1,5}[\0\t\n\f\r ]*$/.exec(before)
    if (!head) continue
    const read = valueAt(bytes, at + 3)
    if (read) yield { number: Number(head[1]), at, ...read }
  }
}

/** The value that begins at `at`, and its stream's place. */
export function valueAt(bytes: ByteSource, at: number): Pick<RawObject, 'value' | 'streamAt'> | undefined {
  for (let window = firstWindowBytes; window <= longestValueBytes; window *= 8) {
    const text = bytes.read(at, at + window).toString('latin1')
    const isWhole = at + window >= bytes.size
    const read = readValue(isWhole ? `${text} ` : text, 0)
    if (read && (isWhole || read.end + 20 < text.length)) {
      const stream = /^\s*stream(\r\n|\n|\r)?/.exec(text.slice(read.end, read.end + 40))
      return { value: read.value, streamAt: stream ? at + read.end + stream[0].length : undefined }
    }
    if (isWhole) return undefined
  }
  return undefined
}

/** The objects packed into an object stream; throws RangeError where it cannot be unpacked. */
export function* packedValues(bytes: ByteSource, { value, streamAt }: RawObject): Generator<Value> {
  if (!(value instanceof Map) || streamAt === undefined) return
  const text = `${unpacked(bytes, value, streamAt).toString('latin1')} `
  const first = Number(value.get('/First'))
  for (let at = Number.isSafeInteger(first) ? first : 0; ; ) {
    const read = readValue(text, at)
    if (!read) return
    yield read.value
    at = read.end
  }
}

/** The data of a stream with no filter or a deflating one. */
export function unpacked(bytes: ByteSource, dictionary: ReadonlyMap<string, Value>, streamAt: number): Buffer {
  const stored = bytes.read(streamAt, storedEnd(bytes, dictionary, streamAt))
  const filter = [dictionary.get('/Filter') ?? []].flat()
  if (filter.length === 0) return stored
  if (filter.length > 1 || filter[0] !== '/FlateDecode' || dictionary.has('/DecodeParms'))
    throw new RangeError('a stream packed in an unusual way')
  try {
    return inflateSync(stored, { finishFlush: zlib.Z_SYNC_FLUSH, maxOutputLength: mostUnpackedBytes })
  } catch (cause) {
    throw new RangeError('a stream that cannot be unpacked', { cause })
  }
}

function storedEnd(bytes: ByteSource, dictionary: ReadonlyMap<string, Value>, streamAt: number): number {
  const length = Number(dictionary.get('/Length'))
  if (Number.isSafeInteger(length) && bytes.read(streamAt + length, streamAt + length + 12).includes('endstream'))
    return streamAt + length
  const end = findBytes(bytes, 'endstream', streamAt)
  return end < 0 ? bytes.size : end
}
