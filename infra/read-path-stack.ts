import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import { DocumentsBucket } from './documents-bucket.ts'
import { ReadDistribution } from './read-distribution.ts'
import type { Settings } from './settings.ts'

/** Everything between a published document and whoever reads it: the bucket of the primary region and the CDN over both. */
export class ReadPathStack extends Stack {
  readonly bucket: DocumentsBucket
  readonly reads: ReadDistribution

  constructor(scope: Construct, id: string, { settings, ...props }: StackProps & { settings: Settings }) {
    super(scope, id, props)
    this.bucket = new DocumentsBucket(this, 'documents', { settings, region: settings.region })
    this.reads = new ReadDistribution(this, 'reads', { settings, documents: this.bucket.bucket })
    new CfnOutput(this, 'DistributionId', { value: this.reads.distribution.distributionId })
    new CfnOutput(this, 'DistributionDomainName', {
      value: this.reads.distribution.distributionDomainName,
      description: 'where cdn. points to',
    })
  }
}
