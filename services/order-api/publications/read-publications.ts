import type { Database } from '#chassis/database.ts'
import { Refused } from '#chassis/errors.ts'
import type { Owner } from '../store/order-store.ts'
import {
  PublicationRow,
  publicationRowSql,
  publicationsSql,
  VersionRow,
  versionRowSql,
  versionsSql,
} from './publication-rows.ts'
import { readInHalves } from './read-in-halves.ts'

const findSql = `select ${publicationRowSql} as row from ${publicationsSql} and p.id = :id::text`

/** The account's own publication. Throws Refused `not_found`: a foreign, an unknown and a deleted one give the same answer. */
export async function wantedPublication(database: Database, owner: Owner, id: string): Promise<PublicationRow> {
  const { accountId: account, isTest } = owner
  const [row] = await database.rows(PublicationRow, findSql, { account, isTest, id })
  if (row) return row
  throw noSuchPublication(id)
}

export const noSuchPublication = (id: string): Refused =>
  new Refused('not_found', `There is no publication ${id} in your account.`)

const listSql = `select ${publicationRowSql} as row from ${publicationsSql} and p.id < :before::text
  order by p.id desc limit :limit::int`

/** Above every id that can exist: the start of a list. */
const afterAll = 'pub_~'

/** Newest first, below `before`. */
export function listPublications(
  database: Database,
  { accountId: account, isTest }: Owner,
  before: string | undefined,
  limit: number,
): Promise<PublicationRow[]> {
  const read = (from: string, most: number): Promise<PublicationRow[]> =>
    database.rows(PublicationRow, listSql, { account, isTest, before: from, limit: most })
  return readInHalves({ read, after: ({ id }) => id }, before ?? afterAll, limit)
}

const versionSql = `select ${versionRowSql} as row from ${versionsSql} and v.version = :version::int`

/** One version. Throws Refused `not_found`. */
export async function wantedVersion(
  database: Database,
  owner: Owner,
  id: string,
  version: number,
): Promise<VersionRow> {
  const { accountId: account, isTest } = owner
  const [row] = await database.rows(VersionRow, versionSql, { account, isTest, id, version })
  if (row) return row
  // What is not there at all is said in its own words.
  await wantedPublication(database, owner, id)
  throw new Refused('not_found', `The publication ${id} has no version ${version}.`)
}

const versionListSql = `select ${versionRowSql} as row from ${versionsSql} and v.version < :before::int
  order by v.version desc limit :limit::int`

/** Above every version that can exist. */
const largestInteger = 2_147_483_647

/** Versions of a publication, newest first, below `before`. Throws Refused `not_found` where there is none at all: every publication has one. */
export async function listVersions(
  database: Database,
  { accountId: account, isTest }: Owner,
  id: string,
  { before = largestInteger, limit }: { readonly before?: number | undefined; readonly limit: number },
): Promise<VersionRow[]> {
  const read = (from: number, most: number): Promise<VersionRow[]> =>
    database.rows(VersionRow, versionListSql, { account, isTest, id, before: from, limit: most })
  const rows = await readInHalves({ read, after: ({ version }) => version }, before, limit)
  if (rows.length === 0) await wantedPublication(database, { accountId: account, isTest }, id)
  return rows
}
