import { Type } from 'typebox'
import { readConfig } from '#chassis/config.ts'
import { createLog } from '#chassis/log.ts'
import { run } from '#chassis/run.ts'
import { makeCheckoutTable } from './make-checkout-table.ts'
import { startDocumentStore } from './start-document-store.ts'

const log = createLog('document-store')

await run(log, async () => {
  const config = readConfig(
    Type.Object({
      LISTEN_PORT: Type.Integer({ minimum: 1, maximum: 65_535, description: 'port on 127.0.0.1' }),
      DATA_DIR: Type.String({ description: 'folder of the tables, made when missing' }),
      TABLE: Type.Optional(Type.String({ description: 'table of checkouts, made when missing' })),
    }),
  )
  const store = await startDocumentStore({ port: config.LISTEN_PORT, dataDir: config.DATA_DIR, log })
  if (config.TABLE !== undefined) await makeCheckoutTable(store.url, config.TABLE)
  return { drain: store.close }
})
