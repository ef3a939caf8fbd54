import { once } from 'node:events'
import type { Static, TSchema } from 'typebox'
import { parse } from '#contracts/parse.ts'
import { spawnNode } from '../local/supervisor/spawn-node.ts'

const answerWithinMilliseconds = 180_000
const linesKept = 10

export type AskedProcess = {
  readonly pid: number
  /** Sends one message and gives back the next one; throws when the process ends instead, with its last words. */
  readonly ask: <S extends TSchema>(schema: S, message: object) => Promise<Static<S>>
  readonly close: () => Promise<void>
}

/** A process of its own that says "ready" and then answers each message with one. */
export async function askProcess(module: string, environment: Readonly<Record<string, string>>): Promise<AskedProcess> {
  const words: string[] = []
  const child = spawnNode({ name: module, kind: 'service', module, environment, after: [] }, (line) => {
    words.push(line)
    words.splice(0, words.length - linesKept)
  })
  const gone = once(child, 'exit')
  const message = async (): Promise<unknown> => {
    const limit = AbortSignal.timeout(answerWithinMilliseconds)
    const answer = await Promise.race([once(child, 'message', { signal: limit }), gone.then(() => undefined)])
    if (!answer) throw new Error(`${module} ended before it answered:\n${words.join('\n')}`)
    return answer[0]
  }
  await message()
  return {
    pid: child.pid ?? 0,
    ask: async (schema, question) => {
      const answer = message()
      child.send(question)
      return parse('answer', schema, await answer)
    },
    close: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill()
      await gone
    },
  }
}
