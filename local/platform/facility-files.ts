import { mkdir, writeFile } from 'node:fs/promises'
import type { Facility } from '#contracts/facility.ts'
import { type Addresses, pageListenerOf } from './addresses.ts'
import { buckets, queues, queueUrl } from './cloud-environment.ts'
import { facilityFolders } from './folders.ts'

/** Makes the folders of every facility and the file that its print client starts from. */
export async function writeFacilityFiles(
  dataFolder: string,
  addresses: Addresses,
  facilities: readonly Facility[],
): Promise<void> {
  for (const { id } of facilities) {
    const { hotFolder, statusFolder, stateFolder, configFile } = facilityFolders(dataFolder, id)
    for (const folder of [hotFolder, statusFolder, stateFolder]) await mkdir(folder, { recursive: true })
    const page = pageListenerOf(id)
    const config = {
      facilityId: id,
      queueUrl: queueUrl(addresses, `${queues.facilityPrefix}${id}`),
      statusQueueUrl: queueUrl(addresses, queues.status),
      printFilesBucket: buckets.printFiles,
      hotFolder,
      stateFolder,
      statusFolder,
      page: page === undefined ? false : { port: addresses.port(page) },
    }
    await writeFile(configFile, `${JSON.stringify(config, undefined, 2)}\n`)
  }
}
