import Type from 'typebox'
import { readConfig } from '#chassis/config.ts'
import { createLog } from '#chassis/log.ts'
import { run } from '#chassis/run.ts'
import { startMailbox } from './start.ts'

const log = createLog('mailbox')

await run(log, async () => {
  const config = readConfig(
    Type.Object({
      LISTEN_PORT: Type.Integer({
        minimum: 0,
        maximum: 65_535,
        description: 'port on 127.0.0.1; 0 chooses a free one',
      }),
      DATA_DIR: Type.String({ description: 'folder of the messages' }),
    }),
  )
  const mailbox = await startMailbox({ port: config.LISTEN_PORT, dataDir: config.DATA_DIR, log })
  log.info({ port: new URL(mailbox.url).port }, 'listening')
  return { drain: mailbox.close }
})
