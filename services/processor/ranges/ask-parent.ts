import { readSync, writeSync } from 'node:fs'
import { type AskedRange, mostRangesAtOnce, rangesDescriptor, refused, writeFrame } from './frames.ts'

/** The parent does not give a range; it knows why. */
export class RangeRefused extends Error {
  override name = 'RangeRefused'
}

/** Asks the parent for ranges, in the converter, and waits: bytes of each, in the order asked. Throws RangeRefused. */
export function askParent(ranges: readonly AskedRange[]): Buffer[] {
  const answers: Buffer[] = []
  for (let at = 0; at < ranges.length; at += mostRangesAtOnce) {
    const batch = ranges.slice(at, at + mostRangesAtOnce)
    writeAll(writeFrame(batch))
    for (const { length } of batch) {
      const given = readExactly(4).readUInt32LE(0)
      if (given === refused) throw new RangeRefused('The parent does not give this range')
      if (given !== length) throw new Error('The parent gave another length than was asked for')
      answers.push(readExactly(length))
    }
  }
  return answers
}

function writeAll(bytes: Buffer): void {
  for (let done = 0; done < bytes.length; ) done += patiently(() => writeSync(rangesDescriptor, bytes, done))
}

function readExactly(length: number): Buffer {
  const bytes = Buffer.allocUnsafeSlow(length)
  for (let done = 0; done < length; ) {
    const count = patiently(() => readSync(rangesDescriptor, bytes, done, length - done, null))
    if (count === 0) throw new RangeRefused('The parent is gone')
    done += count
  }
  return bytes
}

const pauseMilliseconds = 1
const neverTold = new Int32Array(new SharedArrayBuffer(4))

/** Where the system has made the pipe one that does not wait, we wait. */
function patiently(act: () => number): number {
  for (;;) {
    try {
      return act()
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error
      Atomics.wait(neverTold, 0, 0, pauseMilliseconds)
    }
  }
}
