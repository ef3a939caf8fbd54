import { createHash } from 'node:crypto'
import {
  chown,
  cp,
  lchown,
  lstat,
  mkdir,
  readdir,
  readlink,
  realpath,
  rename,
  rm,
  stat,
  symlink,
} from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import type { Log } from '#chassis/log.ts'
import { type Account, chooseAccount, mayReach } from './account.ts'
import { type Programs, programsIn } from './find-programs.ts'

/** What runs, on which folder, and as whom (undefined: as ourselves). */
export type Place = { readonly programs: Programs; readonly dataFolder: string; readonly account: Account | undefined }

/**
 * Finds or makes a place where PostgreSQL can work: `dataDir` itself, or, when root starts it and its account may not
 * enter the checkout, a folder under /var/tmp that `dataDir` then points to as a symbolic link.
 */
export async function place(dataDir: string, programs: Programs, log: Log): Promise<Place> {
  await mkdir(dirname(resolve(dataDir)), { recursive: true })
  const asked = await realFolder(dataDir)
  const pointed = await pointer(asked)
  const account = chooseAccount(pointed ?? asked)
  if (!account) return { programs, dataFolder: pointed ?? asked, account }
  const away = awayFolder(asked)
  const isDataReachable = pointed === undefined && mayReach(dirname(asked), account)
  const areProgramsReachable = mayReach(programs.postgres, account)
  if (!isDataReachable || !areProgramsReachable) await claim(away, account)
  const runnable = areProgramsReachable ? programs : await copyPrograms(programs, away, account)
  if (isDataReachable) return { programs: runnable, dataFolder: asked, account }
  const dataFolder = pointed ?? (await pointAway(asked, join(away, 'data')))
  log.warn({ dataFolder, reason: 'account_may_not_enter', uid: account.uid }, 'postgres_data_elsewhere')
  return { programs: runnable, dataFolder, account }
}

/** `dataDir` with every link on the way to it resolved, but not the last step, which may be our own pointer. */
export async function realFolder(dataDir: string): Promise<string> {
  const asked = resolve(dataDir)
  return join(await realpath(dirname(asked)), basename(asked))
}

/** The folder under /var/tmp that stands in for the real folder `dataDir` when its own path cannot be used. */
export function awayFolder(dataDir: string): string {
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 16)
  return join('/var/tmp', `printcloud-${name}`)
}

/** Where the symbolic link `dataDir` points to; undefined when it is a folder or missing. */
export async function pointer(dataDir: string): Promise<string | undefined> {
  const stats = await lstat(dataDir).catch(ignoreMissing)
  return stats?.isSymbolicLink() ? resolve(dirname(dataDir), await readlink(dataDir)) : undefined
}

async function pointAway(dataDir: string, target: string): Promise<string> {
  if (await lstat(dataDir).catch(ignoreMissing))
    throw new Error(
      `PostgreSQL's account may not enter ${dataDir}: move the checkout to a folder it may enter, or begin anew`,
    )
  await symlink(target, dataDir)
  return target
}

/** /var/tmp is open to all: a folder of that name which someone else laid there is refused. */
async function claim(folder: string, account: Account): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 })
    await chown(folder, account.uid, account.gid)
  } catch (error) {
    const stats = await lstat(folder).catch(ignoreMissing)
    if (!stats) throw error
    if (!stats.isDirectory() || stats.uid !== account.uid || (stats.mode & 0o077) !== 0)
      throw new Error(`${folder} is not ours: remove it and start again`, { cause: error })
  }
}

/** Copied under a name of their version and put there by a rename, so that a copy cut short is never run. */
async function copyPrograms(programs: Programs, folder: string, account: Account): Promise<Programs> {
  const { size, mtimeMs } = await stat(programs.postgres)
  const name = `programs-${size}-${Math.trunc(mtimeMs)}`
  const target = join(folder, name)
  if (!(await lstat(target).catch(ignoreMissing))) {
    for (const older of await readdir(folder))
      if (older.startsWith('programs-')) await rm(join(folder, older), { recursive: true })
    const unfinished = `${target}.copying`
    await cp(programs.root, unfinished, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (source) => !source.endsWith('.a'),
    })
    await giveTo(account, unfinished)
    await rename(unfinished, target)
  }
  return programsIn(target)
}

async function giveTo(account: Account, folder: string): Promise<void> {
  for (const entry of ['.', ...(await readdir(folder, { recursive: true }))])
    await lchown(join(folder, entry), account.uid, account.gid)
}

function ignoreMissing(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
  throw error
}
