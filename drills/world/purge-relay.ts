import { createServer } from 'node:http'
import { close, listen } from '../../local/edge/start-edge.ts'

/** Takes a purge as a CDN does: told once, done at every edge. */
export type PurgeRelay = {
  readonly url: string
  /** An edge that is to be told from now on. */
  readonly add: (edgeUrl: string) => void
  readonly close: () => Promise<void>
}

/** Answers 200 when every edge has dropped the tags. `onDone` hears of it before the one who asked for it does. */
export async function startPurgeRelay(onDone: (tags: readonly string[]) => void = () => {}): Promise<PurgeRelay> {
  const edges: string[] = []
  const server = createServer((request, response) => {
    const tags = String(request.headers['xkey-purge'] ?? '')
    const told = edges.map(async (url) => {
      const answer = await fetch(url, { method: 'PURGE', headers: { 'xkey-purge': tags } })
      await answer.body?.cancel()
      if (!answer.ok) throw new Error(`${url} answered ${answer.status}`)
    })
    Promise.all(told).then(
      () => {
        onDone(tags.split(' '))
        response.writeHead(200).end()
      },
      () => response.writeHead(503).end(),
    )
  })
  const url = `${await listen(server, 0)}/`
  return { url, add: (edge) => void edges.push(`${edge}/`), close: () => close(server) }
}
