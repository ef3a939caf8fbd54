import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { NodePackage } from './platforms.ts'

/**
 * The Node binary of a package: fetched from the npm registry once, checked against its pinned sum, kept in `cache`. Nothing of the
 * package is run or installed. Throws where npm has it not, or has something else.
 */
export function fetchNode(wanted: NodePackage, binary: string, cache: string): string {
  const kept = join(cache, `${wanted.name}-${wanted.version}`)
  if (existsSync(kept)) return kept
  mkdirSync(cache, { recursive: true })
  const draft = mkdtempSync(join(cache, 'draft-'))
  try {
    const archive = fetchArchive(wanted, draft)
    const found = `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`
    if (found !== wanted.integrity) {
      throw new Error(
        `${wanted.name}@${wanted.version} is not what was pinned: expected ${wanted.integrity}; found ${found}`,
      )
    }
    run('tar', ['-xzf', archive, '-C', draft, `package/${binary}`])
    renameSync(join(draft, 'package', binary), kept)
    return kept
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}

function fetchArchive({ name, version }: NodePackage, folder: string): string {
  run('npm', ['pack', `${name}@${version}`, '--pack-destination', folder, '--ignore-scripts', '--loglevel=error'])
  const [archive] = readdirSync(folder).filter((file) => file.endsWith('.tgz'))
  if (archive === undefined) throw new Error(`npm pack brought no ${name}@${version}`)
  return join(folder, archive)
}

function run(command: string, words: readonly string[]): void {
  // npm is a script of the shell on Windows.
  const shell = command === 'npm' && process.platform === 'win32'
  const { status, stderr, error } = spawnSync(command, words, { encoding: 'utf8', shell })
  if (status !== 0) throw new Error(`${command} ${words.join(' ')} failed:\n${error?.message ?? stderr}`)
}
