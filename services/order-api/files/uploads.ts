import { GetObjectCommand, HeadObjectCommand, NotFound, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { Transient } from '#chassis/errors.ts'

export type Upload = {
  readonly method: 'PUT'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
}

export type UploadFacts = {
  readonly key: string
  readonly contentType: string
  readonly sizeBytes: number
  readonly sha256: string | null
}

/** Files go from the customer straight to S3 and from S3 straight to whoever may read them: no byte passes through us. */
export type Uploads = {
  /** A link that takes exactly this many bytes of exactly this type. */
  readonly putLink: (facts: UploadFacts, seconds: number) => Promise<Upload>
  readonly getLink: (bucket: string, key: string, seconds: number, filename: string) => Promise<string>
  readonly hasArrived: (key: string) => Promise<boolean>
  readonly isThere: (bucket: string, key: string) => Promise<boolean>
}

export function createUploads(s3: S3Client, sourcesBucket: string): Uploads {
  const isThere = async (bucket: string, key: string): Promise<boolean> => {
    try {
      await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }))
      return true
    } catch (error) {
      if (error instanceof NotFound) return false
      throw new Transient(`The storage of ${bucket} does not answer`, { cause: error })
    }
  }
  return {
    putLink: async ({ key, contentType, sizeBytes, sha256 }, seconds) => {
      const checksum = sha256 ? Buffer.from(sha256, 'hex').toString('base64') : undefined
      const command = new PutObjectCommand({
        Bucket: sourcesBucket,
        Key: key,
        ContentType: contentType,
        ContentLength: sizeBytes,
        ...(checksum ? { ChecksumSHA256: checksum } : {}),
      })
      const signed = ['content-type', 'content-length', ...(checksum ? ['x-amz-checksum-sha256'] : [])]
      const url = await getSignedUrl(s3, command, {
        expiresIn: seconds,
        signableHeaders: new Set(signed),
        unhoistableHeaders: new Set(signed),
      })
      const headers = { 'content-type': contentType, ...(checksum ? { 'x-amz-checksum-sha256': checksum } : {}) }
      return { method: 'PUT', url, headers }
    },
    getLink: (bucket, key, seconds, filename) => {
      const command = new GetObjectCommand({
        Bucket: bucket,
        Key: key,
        ResponseContentDisposition: `inline; filename="${filename}"`,
      })
      return getSignedUrl(s3, command, { expiresIn: seconds })
    },
    hasArrived: (key) => isThere(sourcesBucket, key),
    isThere,
  }
}
