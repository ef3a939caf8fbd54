import { Arn, ArnFormat } from 'aws-cdk-lib'
import { Grant } from 'aws-cdk-lib/aws-iam'
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3'
import type { Construct } from 'constructs'
import { keyOfPath, publicRoot } from '#contracts/published/document-paths.ts'
import { names } from './names.ts'
import type { Wired } from './service.ts'
import type { Settings } from './settings.ts'

export const everyDocument = `${keyOfPath(publicRoot)}*`
const thumbnails = `${keyOfPath(publicRoot)}thumbnails/*`

/** `first`: where the writer runs. `second`: in the other region. Writers write both themselves. */
type Turn = 'first' | 'second'

/** Published documents in one region, as those see them who write them. */
export class Documents {
  readonly #bucket: IBucket
  readonly #region: string

  constructor(bucket: IBucket, region: string) {
    this.#bucket = bucket
    this.#region = region
  }

  /** Those of another region's stack, by the name that they have. */
  static elsewhere(scope: Construct, { settings, region }: { settings: Settings; region: string }): Documents {
    const bucketName = names.bucket(settings, 'documents', region)
    return new Documents(Bucket.fromBucketName(scope, `documents-of-${region}`, bucketName), region)
  }

  /** order-api's worker writes every document. */
  writtenBy(worker: Wired, turn: Turn): void {
    const bucket = this.#bucket
    const actions = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject']
    Grant.addToPrincipal({ grantee: worker, actions, resourceArns: [bucket.arnForObjects(everyDocument)] })
    Grant.addToPrincipal({
      grantee: worker,
      actions: ['s3:ListBucket'],
      resourceArns: [bucket.bucketArn],
      conditions: { StringLike: { 's3:prefix': everyDocument } },
    })
    worker.tell(this.#addresses(turn))
  }

  /** Processors put pictures, and nothing else. */
  thumbnailsWrittenBy(processor: Wired, turn: Turn): void {
    const resourceArns = [this.#bucket.arnForObjects(thumbnails)]
    Grant.addToPrincipal({ grantee: processor, actions: ['s3:GetObject', 's3:PutObject'], resourceArns })
    processor.tell(this.#addresses(turn))
  }

  #addresses(turn: Turn) {
    const { bucketName } = this.#bucket
    if (turn === 'first') return { DOCUMENTS_BUCKET: bucketName }
    return { STANDBY_DOCUMENTS_BUCKET: bucketName, STANDBY_REGION: this.#region }
  }
}

/** After an edit whoever wrote it drops what carries its tags. */
export function letPurge(
  worker: Wired,
  { account, distributionId }: { account: string; distributionId: string },
): void {
  const distribution = Arn.format({
    partition: 'aws',
    service: 'cloudfront',
    region: '',
    account,
    resource: 'distribution',
    resourceName: distributionId,
    arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
  })
  Grant.addToPrincipal({ grantee: worker, actions: ['cloudfront:CreateInvalidation'], resourceArns: [distribution] })
  worker.tell({ CDN_DISTRIBUTION_ID: distributionId })
}
