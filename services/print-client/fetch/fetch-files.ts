import { join } from 'node:path'
import type { S3Client } from '@aws-sdk/client-s3'
import type { Clock } from '#chassis/clock.ts'
import type { Log } from '#chassis/log.ts'
import type { ProductionTicket } from '#contracts/messages/production-ticket.ts'
import { fileNameOf } from '../tickets/job-ticket.ts'
import { fetchFile } from './fetch-file.ts'
import { FilesUnusable } from './files-unusable.ts'

export type FetchDependencies = {
  readonly s3: Pick<S3Client, 'send'>
  readonly bucket: string
  readonly log: Log
  readonly clock: Clock
  readonly signal: AbortSignal
}

const attempts = 3
const pauseMilliseconds = 200

/** Brings every print file of a ticket into `folder`, one after another. Throws as fetchFile does, after three attempts. */
export async function fetchFiles(
  dependencies: FetchDependencies,
  ticket: ProductionTicket,
  folder: string,
): Promise<void> {
  for (const file of ticket.files) {
    await insist(dependencies, file.key, (signal) =>
      fetchFile(dependencies.s3, dependencies.bucket, file, join(folder, fileNameOf(file.component)), signal),
    )
  }
}

/** A file that differs may have been spoilt on the way: it is fetched again before the job is given up. */
async function insist(
  { log, clock, signal }: FetchDependencies,
  key: string,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work(signal)
    } catch (error) {
      if (!(error instanceof FilesUnusable) || attempt === attempts) throw error
      log.warn({ err: error, key, attempt }, 'print_file_unusable')
      await clock.sleep(pauseMilliseconds * attempt, signal)
    }
  }
}
