import { once } from 'node:events'
import { Type } from 'typebox'
import { parse } from '#contracts/parse.ts'
import { spawnNode } from '../../local/supervisor/spawn-node.ts'
import type { Load } from './load.ts'

const LoadMessage = Type.Object({ milliseconds: Type.Number(), latenciesMs: Type.Array(Type.Number()) })
const roundWithinMilliseconds = 120_000
const linesKept = 10

/** A process that makes load, apart from the one that measures. */
export type LoadProcess = {
  readonly pid: number
  /** Throws when the process ends instead, with its last words, or after 120 s. */
  readonly round: (count: number, atOnce: number) => Promise<Load>
  readonly close: () => Promise<void>
}

/** Starts `module`, which must call serveRounds. */
export async function startLoadProcess(
  module: string,
  environment: Readonly<Record<string, string>>,
): Promise<LoadProcess> {
  const words: string[] = []
  const child = spawnNode({ name: module, kind: 'service', module, environment, after: [] }, (line) => {
    words.push(line)
    words.splice(0, words.length - linesKept)
  })
  const gone = once(child, 'exit')
  const message = async (): Promise<unknown> => {
    const limit = AbortSignal.timeout(roundWithinMilliseconds)
    const answer = await Promise.race([once(child, 'message', { signal: limit }), gone.then(() => undefined)])
    if (!answer) throw new Error(`${module} ended before it answered:\n${words.join('\n')}`)
    return answer[0]
  }
  await message()
  return {
    pid: child.pid ?? 0,
    round: async (count, atOnce) => {
      const answer = message()
      child.send({ count, atOnce })
      return parse('load', LoadMessage, await answer)
    },
    close: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill()
      await gone
    },
  }
}
