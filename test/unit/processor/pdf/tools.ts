import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const isInstalled = (tool: string, question: string): boolean => spawnSync(tool, [question]).status === 0
export const hasQpdf = isInstalled('qpdf', '--version')
export const hasGhostscript = isInstalled('gs', '--version')

/** Runs `work` in a folder of its own, which is gone afterwards. */
export async function inFolder<Made>(work: (folder: string) => Made | Promise<Made>): Promise<Made> {
  const folder = mkdtempSync(join(tmpdir(), 'pdf-core-'))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** What qpdf makes of a file with these options. */
export const byQpdf = (pdf: Buffer, ...options: readonly string[]): Promise<Buffer> =>
  inFolder((folder) => {
    const from = join(folder, 'in.pdf')
    const to = join(folder, 'out.pdf')
    writeFileSync(from, pdf)
    execFileSync('qpdf', [...(options.includes('--static-id') ? [] : ['--deterministic-id']), ...options, from, to])
    return readFileSync(to)
  })

/** Throws with qpdf's words where it finds an error or has a warning. */
export const checkedByQpdf = (path: string): string => execFileSync('qpdf', ['--check', path], { encoding: 'utf8' })
