import { join } from 'node:path'
import { postgresUrl } from '../cloud/postgres/start-postgres.ts'
import type { ProcessSpec } from '../supervisor/process-spec.ts'
import { buckets, cloudEnvironment, database, queues, tables } from './cloud-environment.ts'
import { facilityKeysIn } from './folders.ts'
import type { Setting } from './setting.ts'

/** Crashes of a reader count as receives; ten leave room for them before a message is called dead. */
const maxReceives = 10
const visibilitySeconds = 30
const folder = join(import.meta.dirname, '..', 'cloud')

/** The stand-ins for what the cloud gives. */
export function cloudProcesses({ dataFolder, addresses, facilities }: Setting): ProcessSpec[] {
  const shared = { ...cloudEnvironment(addresses), FACILITY_KEYS_FOLDER: facilityKeysIn(dataFolder) }
  const part = (
    name: 'postgres' | 'data-api' | 'queue' | 'object-store' | 'mailbox' | 'document-store',
    environment: Record<string, string>,
    after: readonly string[] = [],
  ): ProcessSpec => ({
    name,
    kind: 'cloud',
    module: join(folder, name, 'main.ts'),
    environment: { ...shared, LISTEN_PORT: String(addresses.port(name)), ...environment },
    after,
  })
  const queueNames = [queues.process, queues.status, ...facilities.map(({ id }) => `${queues.facilityPrefix}${id}`)]
  return [
    part('postgres', { DATA_DIR: join(dataFolder, 'postgres') }),
    {
      ...part(
        'data-api',
        {
          POSTGRES_URL: postgresUrl(addresses.port('postgres')),
          RESOURCE_ARN: database.resourceArn,
          SECRET_ARN: database.secretArn,
        },
        ['postgres'],
      ),
      isPatient: true,
    },
    part('queue', {
      QUEUES: JSON.stringify(queueNames.map((name) => ({ name, visibilitySeconds, maxReceives }))),
      // Of facilities that the operator adds.
      GROWING_PREFIX: `${queues.facilityPrefix}fac_`,
    }),
    part('object-store', {
      DATA_DIR: join(dataFolder, 'object-store'),
      BUCKETS: Object.values(buckets).join(','),
      ALLOWED_ORIGINS: 'http://127.0.0.1:*,http://localhost:*',
    }),
    part('mailbox', { DATA_DIR: join(dataFolder, 'mailbox') }),
    part('document-store', { DATA_DIR: join(dataFolder, 'document-store'), TABLE: tables.checkouts }),
  ]
}
