import { Type } from 'typebox'
import { askProcess } from '../ask-process.ts'
import type { Load } from './load.ts'

const LoadMessage = Type.Object({ milliseconds: Type.Number(), latenciesMs: Type.Array(Type.Number()) })

/** A process that makes load, apart from the one that measures. */
export type LoadProcess = {
  readonly pid: number
  /** Throws when the process ends instead, with its last words, or when it does not answer in time. */
  readonly round: (count: number, atOnce: number) => Promise<Load>
  readonly close: () => Promise<void>
}

/** Starts `module`, which must call serveRounds. */
export async function startLoadProcess(
  module: string,
  environment: Readonly<Record<string, string>>,
): Promise<LoadProcess> {
  const { pid, ask, close } = await askProcess(module, environment)
  return { pid, round: (count, atOnce) => ask(LoadMessage, { count, atOnce }), close }
}
