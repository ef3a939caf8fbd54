import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import type { Log } from '#chassis/log.ts'
import { endOrphan } from './end-orphan.ts'
import { findPrograms } from './find-programs.ts'
import { databaseName, initialise } from './initialise.ts'
import { type Place, place } from './place.ts'
import { type PostgresProcess, startProcess } from './postgres-process.ts'

export type Postgres = {
  /** postgres://printcloud@127.0.0.1:<port>/printcloud */
  readonly url: string
  /** Resolves with the reason when PostgreSQL ends without having been asked to. */
  readonly died: Promise<string>
  /** Fast shutdown: open transactions are rolled back. Resolves when the process is gone. */
  readonly close: () => Promise<void>
}

/**
 * Starts the real PostgreSQL on 127.0.0.1 with its data in `dataDir`, made on the first start; port 0 takes a free one.
 * Runs as an ordinary user and as root, ends an orphan of a killed predecessor first, and recovers after a crash.
 * Throws with PostgreSQL's own words when it cannot start.
 */
export async function startPostgres(options: {
  readonly port: number
  readonly dataDir: string
  readonly log: Log
}): Promise<Postgres> {
  const { dataDir, log } = options
  const found = await place(dataDir, findPrograms(), log)
  await endOrphan(found.dataFolder, log)
  const isNew = await initialise(found)
  await allowLocalClients(found)
  const { port, postgres } = await startOn(options.port, found, log)
  const url = postgresUrl(port)
  log.info({ port, dataFolder: found.dataFolder, pid: postgres.pid, isNew }, 'postgres_started')
  return { url, died: postgres.died, close: postgres.close }
}

const mostTries = 5

/** A port that was free a moment ago may be taken by now: with port 0 another one is tried. */
async function startOn(wanted: number, found: Place, log: Log): Promise<{ port: number; postgres: PostgresProcess }> {
  for (let tries = 1; ; tries += 1) {
    const port = wanted === 0 ? await freePort() : wanted
    try {
      return { port, postgres: await startProcess(found, port, log) }
    } catch (error) {
      const isTaken = error instanceof Error && /could not (bind|create any TCP\/IP sockets)/.test(error.message)
      if (wanted !== 0 || !isTaken || tries === mostTries) throw error
    }
  }
}

/** The address of the local database on `port`: it holds no secret, so it can be known before the database runs. */
export function postgresUrl(port: number): string {
  return `postgres://${databaseName}@127.0.0.1:${port}/${databaseName}`
}

/** Whoever is on this machine may use the database, nobody may be its superuser. Written at each start: it is ours. */
async function allowLocalClients({ dataFolder }: Place): Promise<void> {
  await writeFile(join(dataFolder, 'pg_hba.conf'), `host ${databaseName} ${databaseName} 127.0.0.1/32 trust\n`)
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}
