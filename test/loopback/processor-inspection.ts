import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Runs an independent tool over a PDF; undefined when it is not installed, with the reason in its name on stdout once. */
export async function independently(tool: 'qpdf' | 'pdfinfo', pdf: Buffer): Promise<string | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'inspect-'))
  const file = join(folder, 'file.pdf')
  try {
    await writeFile(file, pdf)
    const { stdout } = await run(tool, tool === 'qpdf' ? ['--check', file] : ['-box', '-l', '9999', file])
    return stdout
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      process.stdout.write(`skipped: ${tool} is not installed\n`)
      return undefined
    }
    throw error
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
