import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundledVersion } from './bundled.ts'

/** The version of this client, as `--version` says it and heartbeats tell it. */
export function clientVersion(): string {
  if (bundledVersion !== undefined) return bundledVersion
  const root: Record<string, unknown> = JSON.parse(
    readFileSync(join(import.meta.dirname, '..', '..', '..', 'package.json'), 'utf8'),
  )
  return String(root.version)
}
