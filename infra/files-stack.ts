import { Stack, type StackProps } from 'aws-cdk-lib'
import type { Bucket } from 'aws-cdk-lib/aws-s3'
import type { Construct } from 'constructs'
import { fileLifecycles } from './file-lifecycles.ts'
import { names } from './names.ts'
import { privateBucket } from './private-bucket.ts'
import type { Settings } from './settings.ts'

/**
 * Files of orders in the primary region: what customers sent, what is printed, and who claimed it. S3 copies all of it to the standby: a
 * region that takes over would otherwise reject every order that it cannot see the files of.
 */
export class FilesStack extends Stack {
  readonly sources: Bucket
  readonly printFiles: Bucket

  constructor(scope: Construct, id: string, { settings, ...props }: StackProps & { settings: Settings }) {
    super(scope, id, props)
    const bucket = (kind: 'sources' | 'print-files'): Bucket =>
      privateBucket(this, kind, {
        bucketName: names.bucket(settings, kind, settings.region),
        lifecycle: fileLifecycles[kind].primary,
        copiedTo: names.bucket(settings, kind, settings.standbyRegion),
      })
    this.sources = bucket('sources')
    this.printFiles = bucket('print-files')
  }
}
