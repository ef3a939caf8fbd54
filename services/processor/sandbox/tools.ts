import { execFile } from 'node:child_process'
import { rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Confinement, confinedTool, detectConfinement } from './confinement.ts'

const repairWithinMilliseconds = 60_000
/** Where systems keep tools: Linux, Homebrew, NixOS. */
const toolFolders = '/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin:/run/current-system/sw/bin'
/** Said when it could repair and has to warn of it. */
const doneWithWarnings = 3

/**
 * Replaces a PDF in a job folder by a sound copy, made by the qpdf of this machine: shut in like the converter, for it
 * reads customers' bytes. False, and nothing changed, where there is no qpdf or it cannot help.
 */
export async function repairWithQpdf(folder: string, file: string, confinement?: Confinement): Promise<boolean> {
  const copy = `${file}.qpdf`
  const command = ['qpdf', '--decrypt', '--object-streams=preserve', join(folder, file), join(folder, copy)]
  const [shell, ...rest] = confinedTool(confinement ?? (await detectConfinement()), command, folder)
  try {
    await finished(shell, rest)
    if ((await stat(join(folder, copy))).size === 0) return false
    await rename(join(folder, copy), join(folder, file))
    return true
  } catch {
    // Not installed, too slow or beaten by the file: PDFium is tried next.
    return false
  } finally {
    await rm(join(folder, copy), { force: true })
  }
}

async function finished(command: string, rest: readonly string[]): Promise<void> {
  // Nothing of the parent's environment, like the converter.
  const env = { PATH: toolFolders }
  try {
    await promisify(execFile)(command, rest, { timeout: repairWithinMilliseconds, killSignal: 'SIGKILL', env })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === doneWithWarnings) return
    throw error
  }
}
