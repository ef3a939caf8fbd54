import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { Log } from '#chassis/log.ts'
import { endOrphan } from './end-orphan.ts'
import { awayFolder, pointer, realFolder } from './place.ts'

/** Forgets the database in `dataDir`, also the part that had to live under /var/tmp; an orphan on it is ended first. */
export async function removePostgresData(dataDir: string, log: Log): Promise<void> {
  if (!existsSync(dirname(resolve(dataDir)))) return
  const asked = await realFolder(dataDir)
  const pointed = await pointer(asked)
  await endOrphan(pointed ?? asked, log)
  // A link that leads anywhere but to our own folder is not ours to follow.
  if (pointed === undefined || dirname(pointed) === awayFolder(asked))
    await rm(awayFolder(asked), { recursive: true, force: true })
  for (const path of [asked, `${asked}.unfinished`]) await rm(path, { recursive: true, force: true })
}
