import { connect } from 'node:net'
import { brotliDecompressSync } from 'node:zlib'
import { parse } from '#contracts/parse.ts'
import { PublicationDocument } from '#contracts/published/publication-document.ts'
import { pictureFormats } from '#contracts/published/variants.ts'
import type { Site } from './site.ts'

/** What one view of a button costs whoever looks, with one picture format. */
export type View = {
  readonly format: string
  readonly requests: number
  readonly documentBytes: number
  readonly thumbnailBytes: number
  /** With status lines and headers, as HTTP/1.1 sends them; HTTP/2 packs headers. */
  readonly wireBytes: number
}

export type Views = { readonly textBytes: number; readonly views: readonly View[] }

const wholeHead = '\r\n\r\n'

/** Looks at the publication as a button does: its document, and the thumbnail that the document names. */
export async function measureViews({ url, sample }: Site): Promise<Views> {
  const views: View[] = []
  let textBytes = 0
  for (const [index, { type }] of pictureFormats.entries()) {
    // A browser names what it takes; the last format is for those that name none.
    const accept = index === pictureFormats.length - 1 ? '*/*' : `${type},*/*`
    const document = await fetched(url, sample.documentPath, accept)
    const text = brotliDecompressSync(document.body)
    textBytes = text.length
    const { thumbnail } = parse('document', PublicationDocument, JSON.parse(text.toString('utf8')))
    const source = thumbnail?.sources.find(({ width_px }) => width_px === sample.thumbnailWidthPx)
    const picture = source && (await fetched(url, source.path, accept))
    if (!picture?.head.toLowerCase().includes(`content-type: ${type}`)) throw new Error(`no ${type}: ${picture?.head}`)
    views.push({
      format: type,
      requests: [document, picture].length,
      documentBytes: document.body.length,
      thumbnailBytes: picture.body.length,
      wireBytes: [document, picture].reduce(
        (sum, { head, body }) => sum + head.length + wholeHead.length + body.length,
        0,
      ),
    })
  }
  return { textBytes, views }
}

type Fetched = { readonly head: string; readonly body: Buffer }

/** One answer as it comes over the wire. */
async function fetched(url: string, path: string, accept: string): Promise<Fetched> {
  const { hostname, port } = new URL(url)
  const chunks: Buffer[] = []
  const socket = connect(Number(port), hostname)
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: ${hostname}\r\nAccept: ${accept}\r\nAccept-Encoding: br\r\nConnection: close\r\n\r\n`,
  )
  for await (const chunk of socket) chunks.push(chunk)
  const bytes = Buffer.concat(chunks)
  const end = bytes.indexOf(wholeHead)
  const head = bytes.subarray(0, end).toString('latin1')
  if (!head.startsWith('HTTP/1.1 200')) throw new Error(`GET ${path}: ${head}`)
  return { head, body: bytes.subarray(end + wholeHead.length) }
}
