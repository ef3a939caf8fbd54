import { join } from 'node:path'
import { createLog } from '#chassis/log.ts'
import { endOrphan } from '../cloud/postgres/end-orphan.ts'
import { pointer, realFolder } from '../cloud/postgres/place.ts'

/** Ends a PostgreSQL that outlived its wrapper on this data folder, where one does: it holds our port. */
export async function endDatabase(dataFolder: string): Promise<void> {
  const asked = await realFolder(join(dataFolder, 'postgres'))
  await endOrphan((await pointer(asked)) ?? asked, createLog('start', 'fatal'))
}
