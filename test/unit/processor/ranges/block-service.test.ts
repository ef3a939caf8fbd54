import { duplexPair } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { openBlockService } from '../../../../services/processor/ranges/block-service.ts'
import { type AskedRange, refused, writeFrame } from '../../../../services/processor/ranges/frames.ts'
import { NeedsWholeSource } from '../../../../services/processor/ranges/needs-whole-source.ts'

const whole = Buffer.from(Array.from({ length: 5000 }, (_, index) => index % 251))

/** A parent with one source, and the converter's end of its pipe. */
function served(mostShare = 1) {
  const [parent, converter] = duplexPair()
  let [inFlight, mostInFlight] = [0, 0]
  const service = openBlockService(parent)
  const read = async (from: number, to: number): Promise<Buffer> => {
    inFlight += 1
    mostInFlight = Math.max(mostInFlight, inFlight)
    await new Promise(setImmediate)
    inFlight -= 1
    return whole.subarray(from, to)
  }
  service.serve([{ sizeBytes: whole.length, read }], mostShare)
  /** What comes back, so many bytes of it. */
  const ask = async (ranges: readonly AskedRange[], bytes: number): Promise<Buffer> => {
    converter.write(writeFrame(ranges))
    const got: Buffer[] = []
    for (let length = 0; length < bytes; length = Buffer.concat(got).length) {
      const chunk: unknown = converter.read()
      if (Buffer.isBuffer(chunk)) got.push(chunk)
      else await new Promise(setImmediate)
    }
    return Buffer.concat(got)
  }
  return { service, ask, mostInFlight: () => mostInFlight }
}

describe('ranges for a converter', () => {
  test('come in the order asked, many fetched at once and never more than thirty-two', async () => {
    const { ask, mostInFlight, service } = served()
    const ranges = Array.from({ length: 100 }, (_, index) => ({ source: 0, from: 4900 - index * 40, length: 50 }))
    const answer = await ask(ranges, 100 * 54)
    for (const [index, { from }] of ranges.entries()) {
      expect(answer.readUInt32LE(index * 54)).toBe(50)
      expect(answer.subarray(index * 54 + 4, index * 54 + 54).equals(whole.subarray(from, from + 50))).toBe(true)
    }
    expect(mostInFlight()).toBe(32)
    expect(await service.unlessRefused(Promise.resolve('facts'))).toBe('facts')
  })

  test.each([
    ['of another source', { source: 1, from: 0, length: 10 }],
    ['beyond the end', { source: 0, from: 4995, length: 10 }],
    ['before the beginning', { source: 0, from: -1, length: 10 }],
    ['that is no number', { source: 0, from: Number.NaN, length: 10 }],
    ['longer than agreed', { source: 0, from: 0, length: 2 ** 21 }],
  ])('%s are refused, and no answer is believed any more', async (_, range) => {
    const { ask, service } = served()
    expect((await ask([range], 4)).readUInt32LE(0)).toBe(refused)
    await expect(service.unlessRefused(Promise.resolve('facts'))).rejects.toBeInstanceOf(NeedsWholeSource)
  })
})
