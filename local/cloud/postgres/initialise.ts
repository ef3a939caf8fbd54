import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chown, mkdir, rename, rm } from 'node:fs/promises'
import { join, parse } from 'node:path'
import type { Place } from './place.ts'

/** The role and the database that services use: like Aurora's master user, not a superuser. */
export const databaseName = 'printcloud'

/**
 * Makes the data folder with its database, once. It is built beside its final name and renamed last,
 * so that a start cut short leaves nothing that looks finished. Returns whether it was made now.
 */
export async function initialise({ programs, dataFolder, account }: Place): Promise<boolean> {
  if (existsSync(join(dataFolder, 'PG_VERSION'))) return false
  const unfinished = `${dataFolder}.unfinished`
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished, { mode: 0o700 })
  if (account) await chown(unfinished, account.uid, account.gid)
  const identity = account ?? {}
  const options = ['--username=postgres', '--encoding=UTF8', '--auth=reject', '--no-instructions']
  // The locale provider built into PostgreSQL 17 sorts the same on every machine, whatever its system locales.
  const locale = ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  await finish(programs.initdb, ['-D', unfinished, ...options, ...locale], identity)
  const sql = [`create role ${databaseName} login`, `create database ${databaseName} owner ${databaseName}`]
  await finish(programs.postgres, ['--single', '-D', unfinished, 'postgres'], identity, `${sql.join('\n')}\n`)
  await rename(unfinished, dataFolder)
  return true
}

/** Runs a program to its end; rejects with what it wrote when it fails. */
function finish(program: string, args: readonly string[], identity: object, input = ''): Promise<void> {
  return new Promise((resolve, reject) => {
    // The present folder may be one that the account may not enter.
    const child = spawn(program, args, { ...identity, cwd: parse(program).root, stdio: 'pipe' })
    let written = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (written += chunk))
    child.once('error', reject)
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${program} ended with ${code}: ${written.trim()}`)),
    )
    child.stdin.end(input)
  })
}
