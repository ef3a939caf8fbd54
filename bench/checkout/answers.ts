import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { freePorts } from '../../local/supervisor/ports.ts'
import { compare, type Pairs } from '../orders/compare.ts'
import { startLoadProcess } from '../orders/load-process.ts'
import type { Shop } from './shop.ts'

export type Asked = { readonly path: string; readonly body?: unknown }
export type Answers = Awaited<ReturnType<typeof measureAnswers>>

/** One answer of the checkout beside bare Fastify that sends the same bytes, in turns. */
export async function measureAnswers(
  { shop, folder, clients, ...pairs }: Pairs & { shop: Shop; folder: string; clients: number },
  { path, body }: Asked,
) {
  const sent = body === undefined ? '' : JSON.stringify(body)
  const request =
    body === undefined ? {} : { method: 'POST', body: sent, headers: { 'content-type': 'application/json' } }
  const answer = await fetch(`${shop.checkoutUrl}${path}`, request)
  const file = join(folder, 'answer')
  const bytes = Buffer.from(await answer.arrayBuffer())
  await writeFile(file, bytes)
  const port = String(await freePorts(1))
  const started: { readonly close: () => Promise<void> }[] = []
  const start = async (name: string, environment: Readonly<Record<string, string>>) => {
    const process = await startLoadProcess(join(import.meta.dirname, name), environment)
    started.push(process)
    return process
  }
  try {
    const type = answer.headers.get('content-type') ?? 'text/html'
    const bare = await start('bare-fastify.ts', { LISTEN_PORT: port, BODY_FILE: file, CONTENT_TYPE: type })
    const side = async (url: string, name: string, pid: () => number | undefined) => ({
      client: await start('ask-checkout.ts', { SITE_URL: url, PATH_ASKED: path, BODY_SENT: sent }),
      workers: [{ name, pid }],
      clients,
      settle: async () => undefined,
    })
    const { first, second, ratio } = await compare(
      await side(shop.checkoutUrl, 'button-checkout', () => shop.pidOf('button-checkout')),
      await side(`http://127.0.0.1:${port}`, 'bare Fastify', () => bare.pid),
      pairs,
    )
    return { bytes: bytes.length, checkout: first, bare: second, ratio, pairs: pairs.rounds, clients }
  } finally {
    for (const process of started) await process.close()
  }
}
