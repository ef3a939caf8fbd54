import { S3Error } from '../protocol/errors.ts'
import type { ChunkSigning } from '../signature/payload-rule.ts'
import { ByteReader } from './byte-reader.ts'
import { ChunkSignatures } from './chunk-signatures.ts'

const maxChunkHeaderBytes = 1024
const maxTrailerLineBytes = 1024
const maxTrailers = 16

/**
 * Takes the aws-chunked framing off a body, checks the signatures where the chunks are signed, and puts the trailers
 * that follow the last chunk into `trailers`. Holds no chunk in memory. Throws S3Error IncompleteBody or SignatureDoesNotMatch.
 */
export async function* decodeAwsChunked(
  source: AsyncIterable<Buffer>,
  signing: ChunkSigning | undefined,
  trailers: Map<string, string>,
): AsyncGenerator<Buffer> {
  const reader = new ByteReader(source)
  const signatures = signing && new ChunkSignatures(signing)
  for (;;) {
    const header = readChunkHeader(await reader.line(maxChunkHeaderBytes))
    for (let left = header.sizeBytes; left > 0; ) {
      const piece = await reader.upTo(left)
      signatures?.update(piece)
      left -= piece.length
      yield piece
    }
    if (header.sizeBytes > 0 && (await reader.line(2)) !== '') throw new S3Error('IncompleteBody')
    signatures?.endChunk(header.signature)
    if (header.sizeBytes === 0) break
  }
  const signature = await readTrailers(reader, trailers)
  if (signatures && trailers.size > 0) signatures.endTrailers(trailers, signature)
  await reader.end()
}

function readChunkHeader(line: string): { readonly sizeBytes: number; readonly signature: string } {
  const match = /^([0-9a-fA-F]{1,12})(?:;chunk-signature=([0-9a-f]{64}))?$/.exec(line)
  if (!match) throw new S3Error('IncompleteBody', { message: 'A chunk header is malformed.' })
  return { sizeBytes: Number.parseInt(match[1] ?? '', 16), signature: match[2] ?? '' }
}

async function readTrailers(reader: ByteReader, trailers: Map<string, string>): Promise<string> {
  let signature = ''
  for (let count = 0; count <= maxTrailers; count++) {
    const line = await reader.line(maxTrailerLineBytes)
    if (line === '') return signature
    const colon = line.indexOf(':')
    const name = line.slice(0, colon).trim().toLowerCase()
    const value = line.slice(colon + 1).trim()
    if (name === 'x-amz-trailer-signature') signature = value
    else trailers.set(name, value)
  }
  throw new S3Error('IncompleteBody', { message: 'There are too many trailers.' })
}
