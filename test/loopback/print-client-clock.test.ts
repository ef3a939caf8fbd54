import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemClock } from '#chassis/clock.ts'
import { createLog } from '#chassis/log.ts'
import { makeKeyPair } from '#chassis/sealed-box.ts'
import { issuedKeysIn } from '../../local/cloud/access-keys/issued-keys.ts'
import { type ObjectStore, startObjectStore } from '../../local/cloud/object-store/start.ts'
import { createFolderKeys } from '../../services/order-api/enrolment/keys/folder-keys.ts'
import { writePrivately } from '../../services/print-client/credentials/credentials-file.ts'
import { openClients } from '../../services/print-client/credentials/open-clients.ts'
import { createLine } from '../../services/print-client/line/line.ts'
import { watchS3 } from '../../services/print-client/line/watch-client.ts'

const facilityId = 'fac_delft'
const clientId = 'client-0001'
const day = 86_400_000
const log = createLog('test', 'fatal')
let folder: string
let store: ObjectStore
/** How far the clock of the cloud is before ours. */
let ahead = 0

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'clock-'))
  store = await startObjectStore({
    ...{ port: 0, dataDir: join(folder, 'objects'), accessKeyId: 'AKIATEST', secretAccessKey: 'secret' },
    ...{ buckets: ['print-files'], issuedKeys: issuedKeysIn(join(folder, 'keys')), log },
    now: () => new Date(Date.now() + ahead),
  })
})
afterAll(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

test('an enrolled client whose clock is a day off works all the same, and knows by how much', async () => {
  const { accessKeyId, secretAccessKey } = await createFolderKeys(join(folder, 'keys')).issue(
    { facilityId, clientId },
    [],
  )
  const path = join(folder, 'credentials.json')
  await writePrivately(path, {
    ...{ format: 'printcloud-credentials', version: 1, clientId, facilityId, accessKeyId, secretAccessKey },
    ...{ queueUrl: 'http://127.0.0.1:1/q', statusQueueUrl: 'http://127.0.0.1:1/s', printFilesBucket: 'print-files' },
    ...{ region: 'eu-west-1', endpoints: { s3: store.url, sqs: 'http://127.0.0.1:1' } },
    ...{ keyPair: makeKeyPair(), enrolledWith: '' },
  })
  for (const off of [day, -day]) {
    ahead = off
    const { s3, sqs } = await openClients(path, log, systemClock)
    const line = createLine(systemClock, log)
    watchS3(s3, line)
    const object = { Bucket: 'print-files', Key: `claims/${facilityId}/job${off}` }
    await s3.send(new PutObjectCommand({ ...object, Body: 'claim', IfNoneMatch: '*' }))
    const { Body } = await s3.send(new GetObjectCommand(object))
    expect(await Body?.transformToString()).toBe('claim')
    expect(Math.round((line.state().clockSkewSeconds ?? 0) / 60)).toBe(-off / 60_000)
    s3.destroy()
    sqs.destroy()
  }
})
