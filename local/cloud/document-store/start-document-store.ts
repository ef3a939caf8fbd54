import { mkdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import dynalite from 'dynalite'
import type { Log } from '#chassis/log.ts'

export type DocumentStore = { readonly url: string; readonly close: () => Promise<void> }

/**
 * DynamoDB on 127.0.0.1 with its tables in `dataDir` (one process at a time); port 0 takes a free one.
 * Conditional writes and secondary indexes are real; there are no transactions, and nothing expires by TTL.
 */
export async function startDocumentStore(options: {
  readonly port: number
  readonly dataDir: string
  readonly log: Log
}): Promise<DocumentStore> {
  const path = resolve(options.dataDir)
  await mkdir(path, { recursive: true })
  // Tables are ready at once: nobody here waits for a data centre.
  const server = dynalite({ path, createTableMs: 0, updateTableMs: 0, deleteTableMs: 0 })
  const port = await new Promise<number>((done, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', () => {
      const address = server.address()
      done(typeof address === 'object' && address ? address.port : options.port)
    })
  })
  options.log.info({ port }, 'document_store_listening')
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((done, reject) => {
        server.close((error) => (error ? reject(error) : done()))
        server.closeIdleConnections()
      }),
  }
}
