import { Duration } from 'aws-cdk-lib'
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { Bucket, LifecycleRule } from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import { keyOfPath, publicRoot } from '#contracts/published/document-paths.ts'
import { Documents, everyDocument } from './documents.ts'
import { names } from './names.ts'
import { privateBucket } from './private-bucket.ts'
import type { Settings } from './settings.ts'

const lifecycle: readonly LifecycleRule[] = [
  // Written every few seconds: their past is worth nothing and would be the largest thing in the bucket.
  { id: 'replaced status', prefix: `${keyOfPath(publicRoot)}status/`, noncurrentVersionExpiration: Duration.days(1) },
]

/** Everything that a page reads, as files. Nobody but CloudFront and the writers of `documents` has anything to do with it. */
export class DocumentsBucket extends Construct {
  readonly bucket: Bucket
  readonly documents: Documents

  constructor(scope: Construct, id: string, { settings, region }: { settings: Settings; region: string }) {
    super(scope, id)
    const bucketName = names.bucket(settings, 'documents', region)
    this.bucket = privateBucket(this, 'bucket', { bucketName, lifecycle })
    this.documents = new Documents(this.bucket, region)
  }

  /**
   * Lets distributions read from another region's stack, where the CDK cannot do it. Listing makes a missing object 404; without it S3 says
   * 403, as of a bucket that broke. The function at the edge lets no request through that would list.
   */
  readByDistributions(arns: string): void {
    const allow = (action: string, resource: string): void => {
      this.bucket.addToResourcePolicy(
        new PolicyStatement({
          effect: Effect.ALLOW,
          principals: [new ServicePrincipal('cloudfront.amazonaws.com')],
          actions: [action],
          resources: [resource],
          conditions: { ArnLike: { 'AWS:SourceArn': arns } },
        }),
      )
    }
    allow('s3:GetObject', this.bucket.arnForObjects(everyDocument))
    allow('s3:ListBucket', this.bucket.bucketArn)
  }
}
