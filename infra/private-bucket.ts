import { Duration, RemovalPolicy } from 'aws-cdk-lib'
import { BlockPublicAccess, Bucket, BucketEncryption, type LifecycleRule, ObjectOwnership } from 'aws-cdk-lib/aws-s3'
import type { Construct } from 'constructs'

type PrivateBucketOptions = {
  readonly bucketName: string
  readonly lifecycle?: readonly LifecycleRule[]
  /** Name of a bucket in another region that S3 copies everything to, mostly within a minute and not by any promise. */
  readonly copiedTo?: string
}

/**
 * A bucket as all of ours are: closed to the public, over TLS only, encrypted, with versions, and still there when its stack is deleted.
 * What was begun and never finished goes after a day, what was replaced after thirty.
 */
export function privateBucket(scope: Construct, id: string, options: PrivateBucketOptions): Bucket {
  const { bucketName, lifecycle = [], copiedTo } = options
  return new Bucket(scope, id, {
    bucketName,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    versioned: true,
    removalPolicy: RemovalPolicy.RETAIN,
    lifecycleRules: [
      { id: 'replaced', noncurrentVersionExpiration: Duration.days(30), expiredObjectDeleteMarker: true },
      { id: 'unfinished uploads', abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ...lifecycle,
    ],
    ...(copiedTo === undefined
      ? {}
      : { replicationRules: [{ destination: Bucket.fromBucketName(scope, `${id}-copies`, copiedTo), priority: 1 }] }),
  })
}
