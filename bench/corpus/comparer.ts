import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import { type Static, Type } from 'typebox'
import { Box } from '#contracts/geometry/box.ts'
import { parse } from '#contracts/parse.ts'
import { RawBox } from '../../services/processor/inspect/facts.ts'

export const ComparisonRequest = Type.Object({
  source: Type.String(),
  isPicture: Type.Boolean(),
  print: Type.String(),
  /** `shown`: the part of the source's page that the trim shows, where it is not the whole of it. */
  pages: Type.Array(Type.Object({ page: Type.Integer(), shown: Type.Optional(RawBox) })),
  trimBox: Box,
  sheetWidthMm: Type.Number(),
  sheetHeightMm: Type.Number(),
})
export type ComparisonRequest = Static<typeof ComparisonRequest>

export const Comparison = Type.Object({ compared: Type.Integer(), same: Type.Integer(), worst: Type.Number() })
export type Comparison = Static<typeof Comparison>

export type Comparer = {
  readonly compare: (request: ComparisonRequest) => Promise<Comparison>
  readonly close: () => void
}

const limitMs = 60_000
const none: Comparison = { compared: 0, same: 0, worst: 0 }

/** A process of its own renders both files: what hangs or kills PDFium there is not compared, and nothing else suffers. */
export function openComparer(): Comparer {
  let child: ChildProcess | undefined
  let last: Promise<unknown> = Promise.resolve()
  const one = (request: ComparisonRequest): Promise<Comparison> =>
    new Promise((resolve) => {
      child ??= fork(join(import.meta.dirname, 'compare-process.ts'), { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
      const asked = child
      const done = (comparison: Comparison, isUsable: boolean): void => {
        clearTimeout(timer)
        asked.removeAllListeners()
        if (!isUsable) {
          asked.kill('SIGKILL')
          child = undefined
        }
        resolve(comparison)
      }
      const timer = setTimeout(() => done(none, false), limitMs)
      asked.once('message', (message) => done(parse('Comparison', Comparison, message), true))
      asked.once('exit', () => done(none, false))
      asked.send(request)
    })
  return {
    compare: (request) => {
      const next = last.then(() => one(request))
      last = next
      return next
    },
    close: () => void child?.kill('SIGKILL'),
  }
}
