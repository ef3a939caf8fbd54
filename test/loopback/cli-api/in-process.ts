import { runCommandLine } from '../../../services/cli/run-command-line.ts'

export type Ended = { readonly code: number; readonly out: string; readonly told: string }

/** `npx printcloud …` without the cost of a process: what it said, and how it ended. `hear` gets each part of the result. */
export async function inProcess(
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
  { signal = new AbortController().signal, hear = (_text: string): void => undefined } = {},
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
