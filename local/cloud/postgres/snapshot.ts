import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import postgres from 'postgres'

/** All rows of a database at one moment; what a backup holds. */
export type Snapshot = {
  /** A table comes after those that it refers to. */
  readonly tables: readonly { readonly name: string; readonly columns: string; readonly rows: readonly Uint8Array[] }[]
  readonly sequences: readonly { readonly name: string; readonly value: string | null }[]
}

const tablesSql = `select quote_ident(c.table_name) as name, string_agg(quote_ident(c.column_name), ', ' order by c.ordinal_position) as columns
  from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
  where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.is_generated = 'NEVER' group by 1 order by 1`
/** Which table refers to which. */
const referencesSql = `select quote_ident(f.relname) as name, quote_ident(t.relname) as "to" from pg_constraint c
  join pg_class f on f.oid = c.conrelid join pg_class t on t.oid = c.confrelid where c.contype = 'f' and f.oid <> t.oid`
const sequencesSql = `select quote_ident(sequencename) as name, last_value::text as value from pg_sequences where schemaname = 'public'`

type Named = { readonly name: string }

/** Everything as it is at one moment, beside whoever reads and writes. */
export async function takeSnapshot(url: string): Promise<Snapshot> {
  return await connected(url, (sql) =>
    sql.begin('isolation level repeatable read read only', async (all) => {
      const found = await all.unsafe<(Named & { readonly columns: string })[]>(tablesSql)
      const tables: Snapshot['tables'][number][] = []
      const references = await all.unsafe<(Named & { readonly to: string })[]>(referencesSql)
      for (const { name, columns } of referredFirst(found, references)) {
        const rows: Uint8Array[] = []
        const stream = await all.unsafe(`copy ${name} (${columns}) to stdout`).readable()
        for await (const part of stream) rows.push(part)
        tables.push({ name, columns, rows })
      }
      const sequences = await all.unsafe<Snapshot['sequences'][number][]>(sequencesSql)
      return { tables, sequences: sequences.map(({ name, value }) => ({ name, value })) }
    }),
  )
}

const mostTries = 10
const deadlock = '40P01'

/** Puts a database of the same tables back to that moment, in one transaction: whoever works on it sees the one or the other. */
export async function restoreSnapshot(url: string, snapshot: Snapshot): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await restoreOnce(url, snapshot)
    } catch (error) {
      // Whoever works on it holds some of the tables and waits for others.
      const isDeadlock = error instanceof postgres.PostgresError && error.code === deadlock
      if (!isDeadlock || attempt === mostTries) throw error
    }
  }
}

async function restoreOnce(url: string, { tables, sequences }: Snapshot): Promise<void> {
  await connected(url, (sql) =>
    sql.begin(async (all) => {
      await all.unsafe(`truncate ${tables.map(({ name }) => name).join(', ')} cascade`)
      for (const { name, columns, rows } of tables) {
        const stream = await all.unsafe(`copy ${name} (${columns}) from stdin`).writable()
        await pipeline(Readable.from(rows), stream)
      }
      for (const { name, value } of sequences) {
        if (value !== null) await all.unsafe(`select setval('${name}', ${value})`)
      }
    }),
  )
}

function referredFirst<T extends Named>(
  tables: readonly T[],
  references: readonly (Named & { readonly to: string })[],
) {
  const sorted: T[] = []
  let left = tables
  while (left.length > 0) {
    const waits = ({ name }: T): boolean =>
      references.some((each) => each.name === name && left.some((other) => other.name === each.to))
    const next = left.filter((table) => !waits(table))
    if (next.length === 0) throw new Error(`Tables refer to each other: ${left.map(({ name }) => name).join(', ')}`)
    sorted.push(...next)
    left = left.filter((table) => !next.includes(table))
  }
  return sorted
}

async function connected<T>(url: string, use: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined })
  try {
    return await use(sql)
  } finally {
    await sql.end()
  }
}
