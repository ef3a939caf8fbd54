import { Buffer } from 'node:buffer'
import type { IncomingMessage } from 'node:http'
import { ServiceError } from './service-error.ts'

/**
 * The parsed JSON body; undefined when there is none. `limit` counts the headers too, as the Data API does.
 * A body over the limit is read to its end (and thrown away), so that the client hears the refusal.
 */
export function readBody(request: IncomingMessage, limit: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    let bytes = request.rawHeaders.reduce((sum, part) => sum + part.length + 2, 0)
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes <= limit) chunks.push(chunk)
    })
    request.once('error', reject)
    request.once('end', () => {
      if (bytes > limit)
        return reject(new ServiceError('BadRequestException', `The request is larger than ${limit} bytes`))
      try {
        resolve(chunks.length === 0 ? undefined : JSON.parse(Buffer.concat(chunks).toString()))
      } catch (error) {
        reject(new ServiceError('ValidationException', 'The body is not JSON', { cause: error }))
      }
    })
  })
}
