import { createRequire } from 'node:module'

/** libheif in WebAssembly: named calls with numbers, and memory to pass bytes in. */
export type HeicEngine = {
  readonly call: (name: string, ...values: readonly number[]) => number
  /** For calls that report: the error's words, undefined when all is well. */
  readonly attempt: (name: string, ...values: readonly number[]) => string | undefined
  /** The memory as it is now; it moves when it grows, so ask again after every call. */
  readonly memory: () => Buffer
  readonly long: (address: number) => number
}

const errorBytes = 16

/**
 * A new instance, 60 ms and its 1.4 MB loaded only now: most jobs have no HEIC photo. One a picture: nothing that a hostile
 * file does to the memory outlives it.
 */
export function startHeicEngine(): HeicEngine {
  const start: unknown = createRequire(import.meta.url)('libheif-js/libheif-wasm/libheif-bundle.js')
  if (typeof start !== 'function') throw new Error('libheif-js has another shape than expected')
  const engine: unknown = Reflect.apply(start, undefined, [])
  if (typeof engine !== 'object' || engine === null) throw new Error('libheif-js does not start')
  const call = (name: string, ...values: readonly number[]): number => {
    const run: unknown = Reflect.get(engine, `_${name}`)
    if (typeof run !== 'function') throw new Error(`libheif has no ${name}`)
    return Number(Reflect.apply(run, engine, values))
  }
  const memory = (): Buffer => {
    const heap: unknown = Reflect.get(engine, 'HEAPU8')
    if (!(heap instanceof Uint8Array)) throw new Error('libheif has no memory')
    return Buffer.from(heap.buffer, heap.byteOffset, heap.byteLength)
  }
  const long = (address: number): number => memory().readUInt32LE(address)
  const error = call('malloc', errorBytes)
  return {
    call,
    memory,
    long,
    // Calls that return the structure { code, subcode, message } write it to their first argument.
    attempt: (name, ...values) => {
      call(name, error, ...values)
      return long(error) === 0 ? undefined : textAt(memory(), long(error + 8))
    },
  }
}

function textAt(memory: Buffer, address: number): string {
  const end = memory.indexOf(0, address)
  return memory.toString('utf8', address, Math.min(end < 0 ? address : end, address + 200))
}
