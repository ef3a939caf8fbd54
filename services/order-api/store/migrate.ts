import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import type { Log } from '#chassis/log.ts'

const folder = new URL('./migrations/', import.meta.url)
const Applied = Type.Object({ name: Type.String(), sha256: Type.String() })

const prepareSql = `create table if not exists schema_migrations (
  name text primary key, sha256 text not null, applied_at timestamptz not null)`
const appliedSql = `select jsonb_build_object('name', name, 'sha256', sha256) as row from schema_migrations`

/**
 * Brings the database to the newest schema: each file of migrations/ once, in the order of its name, whole or not at all.
 * A file that was changed after it was applied is refused: add a new one instead.
 */
export async function migrate(database: Database, log: Log): Promise<void> {
  await database.rows(Type.Unknown(), prepareSql)
  const applied = new Map((await database.rows(Applied, appliedSql)).map(({ name, sha256 }) => [name, sha256]))
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
  for (const name of names) {
    const sql = await readFile(new URL(name, folder), 'utf8')
    const sha256 = createHash('sha256').update(sql).digest('hex')
    const known = applied.get(name)
    if (known !== undefined && known !== sha256) {
      throw new Error(`Migration ${name} was changed after it was applied; undo that and add a new file instead.`)
    }
    if (known !== undefined) continue
    await database.rows(Type.Unknown(), asOneStatement(name, sha256, sql))
    log.info({ migration: name }, 'migrated')
  }
}

/**
 * The Data API takes one statement a call: a DO block is one, atomic, and holds DDL. The lock lets two deploys wait for
 * each other; the unique name makes the second fail rather than apply twice.
 */
function asOneStatement(name: string, sha256: string, sql: string): string {
  const statements = sql.replaceAll(/--[^\n]*/g, '')
  return `do $migration$ begin
    perform pg_advisory_xact_lock(7102011);
    insert into schema_migrations (name, sha256, applied_at) values ('${name}', '${sha256}', now());
    ${statements}
  end $migration$`
}
