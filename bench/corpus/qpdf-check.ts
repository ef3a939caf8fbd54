import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const limitMs = 30_000
const run = promisify(execFile)

/** The first of what `qpdf --check` has against a file; empty where it is content, or not on this machine. */
export async function complaintOf(file: string): Promise<string> {
  try {
    await run('qpdf', ['--check', file], { timeout: limitMs })
    return ''
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : ''
    return (said.split('\n')[0] ?? '').replace(file, '').slice(0, 300)
  }
}
