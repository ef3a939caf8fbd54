import type { Server } from 'node:http'

export type Listening = {
  readonly url: string
  readonly port: number
  /** Cuts what is under way. Safe to repeat. */
  readonly close: () => Promise<void>
}

/** A server of a test on a free port of this machine. */
export async function listening(server: Server): Promise<Listening> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The server has no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
