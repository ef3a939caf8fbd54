import { Duplex } from 'node:stream'
import { type AskedRange, mostRangeBytes, readFrame, refused } from './frames.ts'
import { NeedsWholeSource } from './needs-whole-source.ts'
import type { RangedSource } from './ranged-source.ts'

/** The parent's end: gives one converter ranges of the sources that it was shown, and of nothing else. */
export type BlockService = {
  /**
   * From now on these may be read, each by its number, and of all of them together `mostShare` of their bytes; what was
   * spent and what went wrong before is forgotten.
   */
  readonly serve: (sources: readonly RangedSource[], mostShare: number) => void
  /** What the converter answers; where a range was refused, the reason instead: nothing it makes of that can be believed. */
  readonly unlessRefused: <T>(answer: Promise<T>) => Promise<T>
}

/** Latency of the store is hidden by so many requests; their bytes are all that the parent holds. */
const mostInFlight = 32
const leastAllowance = { bytes: 32 * 1024 ** 2, ranges: 100_000 }

type Allowance = { bytes: number; ranges: number }

/** Answers on `pipe` until it ends. */
export function openBlockService(pipe: unknown): BlockService {
  if (!(pipe instanceof Duplex)) throw new Error('The child has no pipe for ranges')
  let sources: readonly RangedSource[] = []
  let left: Allowance = { bytes: 0, ranges: 0 }
  let failure: unknown
  const give = async ({ source, from, length }: AskedRange): Promise<Buffer> => {
    const found = sources[source]
    const isWithin = Number.isSafeInteger(from) && from >= 0 && length > 0 && length <= mostRangeBytes
    if (!found || !isWithin || from + length > found.sizeBytes) throw new NeedsWholeSource('a range that is none')
    left.bytes -= length
    left.ranges -= 1
    if (left.bytes < 0 || left.ranges < 0) throw new NeedsWholeSource('more of the source than is worth reading apart')
    return await found.read(from, from + length)
  }
  // A converter that ended while it was answered is told of elsewhere.
  pipe.on('error', () => undefined)
  void answerAll(pipe, give, (error) => {
    failure ??= error
  })
  return {
    serve: (given, mostShare) => {
      sources = given
      const bytes = given.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) * mostShare
      left = { bytes: bytes + leastAllowance.bytes, ranges: leastAllowance.ranges }
      failure = undefined
    },
    unlessRefused: async (answer) => {
      try {
        const given = await answer
        if (failure !== undefined) throw failure
        return given
      } catch (error) {
        throw failure ?? error
      }
    },
  }
}

type Give = (range: AskedRange) => Promise<Buffer>

async function answerAll(pipe: Duplex, give: Give, onFailure: (error: unknown) => void): Promise<void> {
  let waiting: Buffer = Buffer.alloc(0)
  try {
    for await (const chunk of pipe) {
      if (!Buffer.isBuffer(chunk)) continue
      waiting = Buffer.concat([waiting, chunk])
      for (let frame = readFrame(waiting); frame; frame = readFrame(waiting)) {
        waiting = frame.rest
        await answer(pipe, frame.ranges, give).catch(async (error: unknown) => {
          onFailure(error)
          await write(pipe, lengthOf(refused))
        })
      }
    }
  } catch (error) {
    // Nonsense on the pipe, or its end: the converter hears nothing more.
    onFailure(error)
    pipe.destroy()
  }
}

/** In the order asked, each as soon as those before it are through; bytes are fetched ahead. */
async function answer(pipe: Duplex, ranges: readonly AskedRange[], give: Give): Promise<void> {
  const running: (Promise<Buffer> | undefined)[] = []
  for (const [index, { length }] of ranges.entries()) {
    for (const range of ranges.slice(running.length, index + mostInFlight)) {
      const fetching = give(range)
      // Awaited in its turn; until then a failure must not count as unhandled.
      fetching.catch(() => undefined)
      running.push(fetching)
    }
    const bytes = await running[index]
    running[index] = undefined
    if (bytes?.length !== length) throw new Error('The store gave another length than was asked for')
    await write(pipe, lengthOf(length))
    await write(pipe, bytes)
  }
}

function lengthOf(length: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(length, 0)
  return bytes
}

const write = async (pipe: Duplex, bytes: Buffer): Promise<void> =>
  await new Promise((resolve, reject) => pipe.write(bytes, (error) => (error ? reject(error) : resolve())))
