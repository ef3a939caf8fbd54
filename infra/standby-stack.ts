import { CfnOutput, Fn, Stack, type StackProps } from 'aws-cdk-lib'
import { GatewayVpcEndpointAwsService, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2'
import type { Construct } from 'constructs'
import { Documents, letPurge } from './documents.ts'
import { DocumentsBucket } from './documents-bucket.ts'
import type { Settings } from './settings.ts'
import { Entrance } from './standby/entrance.ts'
import { TakeOver } from './standby/take-over.ts'

/**
 * The second region. Reads use it by themselves: its documents are the second origin of the CDN. Writes go on here when people say so
 * (docs/runbook.md); until then nothing in it runs, and what it costs is what `npm run infra:bill -- standby` prints.
 */
export class StandbyStack extends Stack {
  readonly bucket: DocumentsBucket
  readonly takeOver: TakeOver | undefined

  constructor(scope: Construct, id: string, { settings, ...props }: StackProps & { settings: Settings }) {
    super(scope, id, props)
    this.bucket = new DocumentsBucket(this, 'documents', { settings, region: settings.standbyRegion })
    // Made before the distribution: until its id is known, any distribution of this account may read, and no one else's.
    this.bucket.readByDistributions(
      `arn:aws:cloudfront::${settings.account}:distribution/${settings.distributionId ?? '*'}`,
    )
    // A take-over points names elsewhere; where there are none, documents are all that a second region is good for.
    this.takeOver = settings.domain === undefined ? undefined : this.#prepare(settings, settings.domain)
  }

  /** The first two zones of the region: asking AWS now which there are would need an account at hand. */
  override get availabilityZones(): string[] {
    return [Fn.select(0, Fn.getAzs()), Fn.select(1, Fn.getAzs())]
  }

  #prepare(settings: Settings, domain: string): TakeOver {
    const vpc = new Vpc(this, 'network', {
      maxAzs: 2,
      natGateways: 0,
      subnetConfiguration: [{ name: 'open', subnetType: SubnetType.PUBLIC, cidrMask: 24 }],
      gatewayEndpoints: { s3: { service: GatewayVpcEndpointAwsService.S3 } },
    })
    const takeOver = new TakeOver(this, 'take-over', { settings, domain, vpc })
    this.#publish(settings, takeOver)
    const { standbyCertificateArn } = settings
    if (settings.standby === 'awake' && standbyCertificateArn !== undefined) {
      const { domainName } = new Entrance(this, 'entrance', { vpc, certificateArn: standbyCertificateArn, takeOver })
      new CfnOutput(this, 'EntranceDomainName', { value: domainName, description: 'where api. and checkout. point to' })
    }
    return takeOver
  }

  /** The bucket of the lost region stays the second one: when it is back it gets what it missed before anybody reads it first. */
  #publish(settings: Settings, { worker, processor }: TakeOver): void {
    const { account, region, distributionId } = settings
    const lost = Documents.elsewhere(this, { settings, region })
    this.bucket.documents.writtenBy(worker, 'first')
    lost.writtenBy(worker, 'second')
    this.bucket.documents.thumbnailsWrittenBy(processor, 'first')
    lost.thumbnailsWrittenBy(processor, 'second')
    if (distributionId !== undefined) letPurge(worker, { account, distributionId })
  }
}
