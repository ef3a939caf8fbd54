import { execFileSync } from 'node:child_process'
import { findPrograms } from '../local/cloud/postgres/find-programs.ts'
import { type Host, host } from './host.ts'

/** What figures of the platform were measured on. */
export type Machine = Host & { readonly postgres: string }

export const machine = (): Machine => ({
  ...host(),
  postgres: execFileSync(findPrograms().postgres, ['--version'], { encoding: 'utf8' })
    .replace(/^.*\) /, '')
    .trim(),
})
