import { runCommandLine } from '../../../services/cli/run-command-line.ts'

export type Ended = { readonly code: number; readonly out: string; readonly told: string }

type Listening = { readonly signal?: AbortSignal; readonly hear?: (text: string) => void }

/** `npx printcloud …` without the cost of a process: what it said, and how it ended. `hear` gets each part of the result. */
export async function inProcess(
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
  { signal = new AbortController().signal, hear = () => undefined }: Listening = {},
): Promise<Ended> {
  const said = { out: '', told: '' }
  const terminal = {
    out: (text: string) => {
      said.out += text
      hear(text)
    },
    fault: (text: string) => {
      said.told += text
    },
    progress: () => undefined,
    hasColour: false,
    isInteractive: false,
  }
  return { code: await runCommandLine(words, { terminal, signal, environment }), ...said }
}
