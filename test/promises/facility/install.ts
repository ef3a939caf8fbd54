import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { openWorld } from '../../loopback/print-client-world.ts'

export type World = Awaited<ReturnType<typeof openWorld>>

/** One installation of the print client, as a shop sets it up: a file and its folders. */
export type Installation = {
  readonly name: string
  readonly configPath: string
  readonly hotFolder: string
  readonly stateFolder: string
  readonly statusFolder: string
}

export type FacilityAddress = {
  readonly facilityId: string
  readonly printFilesBucket: string
  readonly queueUrl: string
  readonly statusQueueUrl: string
}

export const addressOf = (world: World): FacilityAddress => {
  const { facilityId, printFilesBucket } = world.configOf('names')
  return { facilityId, printFilesBucket, queueUrl: world.queueUrl, statusQueueUrl: world.statusQueueUrl }
}

/** `folder`: where its file lies; `place` and `hotPlace`: where its folders lie, on a disk of their own for instance. */
export function install(
  folder: string,
  address: FacilityAddress,
  name: string,
  place = join(folder, 'installed', name),
  hotPlace = place,
): Installation {
  const folders = {
    hotFolder: join(hotPlace, 'hot'),
    stateFolder: join(place, 'state'),
    statusFolder: join(place, 'status'),
  }
  const configPath = join(folder, `${name}.json`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(configPath, JSON.stringify({ ...address, ...folders, concurrency: 2, logLevel: 'info', page: false }))
  return { name, configPath, ...folders }
}
