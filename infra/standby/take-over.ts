import { Stack } from 'aws-cdk-lib'
import { type IVpc, Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2'
import { Grant } from 'aws-cdk-lib/aws-iam'
import type { Bucket, LifecycleRule } from 'aws-cdk-lib/aws-s3'
import { Secret } from 'aws-cdk-lib/aws-secretsmanager'
import { Construct } from 'constructs'
import { madeFilesPrefix } from '#contracts/retention.ts'
import { fileLifecycles } from '../file-lifecycles.ts'
import { Inbox } from '../inbox.ts'
import { type BucketKind, names } from '../names.ts'
import { privateBucket } from '../private-bucket.ts'
import type { Wired } from '../service.ts'
import { ServiceGroup, type ServiceName } from '../service-group.ts'
import type { Settings } from '../settings.ts'
import { DatabaseFollower } from './database-follower.ts'

/** Where order-api listens on its instances. */
export const servicePort = 8080

type TakeOverOptions = { readonly settings: Settings; readonly domain: string; readonly vpc: IVpc }

/** Everything that takes orders in the standby region, at rest: no instance, empty queues, copies of files, a database that only follows. */
export class TakeOver extends Construct {
  readonly orderApi: ServiceGroup
  readonly worker: ServiceGroup
  readonly processor: ServiceGroup
  readonly serviceSecurityGroup: SecurityGroup

  constructor(scope: Construct, id: string, { settings, domain, vpc }: TakeOverOptions) {
    super(scope, id)
    const securityGroup = new SecurityGroup(this, 'services', { vpc, allowAllOutbound: false })
    securityGroup.addEgressRule(Peer.anyIpv4(), Port.tcp(443), 'AWS, webhooks, customers’ sources')
    this.serviceSecurityGroup = securityGroup
    const bundles = this.#bucket(settings, 'bundles')
    const group = (service: ServiceName, mostInstances: number): ServiceGroup =>
      new ServiceGroup(this, service, { service, vpc, securityGroup, bundles, mostInstances })
    this.orderApi = group('order-api', 4)
    this.worker = group('order-worker', 1)
    this.processor = group('processor', 4)
    this.#wire(settings, new DatabaseFollower(this, 'database', { settings, vpc, securityGroup: this.#closed(vpc) }))
    this.orderApi.tell({
      PUBLIC_URL: `https://api.${domain}`,
      CDN_URL: `https://cdn.${domain}`,
      LISTEN_HOST: '0.0.0.0',
      LISTEN_PORT: String(servicePort),
    })
    this.processor.tell({ WORK_DIR: '/var/lib/printcloud/work' })
  }

  #wire(settings: Settings, database: DatabaseFollower): void {
    const { orderApi, worker, processor } = this
    const inbox = (name: string, variable: 'PROCESS_QUEUE_URL' | 'STATUS_QUEUE_URL'): Inbox =>
      new Inbox(this, name, {
        queueName: names.queue(settings, name),
        told: ({ queueUrl }) => ({ [variable]: queueUrl }),
      })
    const process = inbox('process', 'PROCESS_QUEUE_URL')
    const status = inbox('status', 'STATUS_QUEUE_URL')
    for (const service of [orderApi, worker]) {
      database.writtenBy(service)
      process.rungBy(service)
      this.#sealsWithMasterKeys(settings, service)
      this.#ringsFacilities(settings, service)
    }
    process.readBy(processor)
    status.rungBy(processor)
    status.readBy(worker)
    // It tells print clients that enrol.
    status.namedTo(orderApi)
    const sources = this.#bucket(settings, 'sources', fileLifecycles.sources.standby)
    const printFiles = this.#bucket(settings, 'print-files', fileLifecycles['print-files'].standby)
    fileRights(sources, printFiles, { orderApi, processor, worker })
  }

  #sealsWithMasterKeys(settings: Settings, service: ServiceGroup): void {
    const secretName = names.secret(settings, 'master-keys')
    const id = `master-keys-of-${service.node.id}`
    Secret.fromSecretNameV2(this, id, secretName).grantRead(service)
    service.tellSecret('MASTER_KEYS', secretName)
  }

  /** Every facility has an inbox here too, and its print clients know both (docs/runbook.md). */
  #ringsFacilities(settings: Settings, service: Wired): void {
    for (const facility of settings.facilities) {
      const found = this.node.tryFindChild(facility)
      const inbox =
        found instanceof Inbox ? found : new Inbox(this, facility, { queueName: names.queue(settings, facility) })
      inbox.rungBy(service)
    }
    const { region, account } = Stack.of(this)
    service.tell({
      FACILITY_QUEUE_URL_PREFIX: `https://sqs.${region}.amazonaws.com/${account}/${names.queue(settings, '')}`,
    })
  }

  #bucket(settings: Settings, kind: BucketKind, lifecycle: readonly LifecycleRule[] = []): Bucket {
    return privateBucket(this, kind, { bucketName: names.bucket(settings, kind, settings.standbyRegion), lifecycle })
  }

  /** The Data API is not in the network: nobody connects to the database itself. */
  #closed(vpc: IVpc): SecurityGroup {
    return new SecurityGroup(this, 'nobody', { vpc, allowAllOutbound: false })
  }
}

function fileRights(
  sources: Bucket,
  printFiles: Bucket,
  { orderApi, processor, worker }: Readonly<Record<'orderApi' | 'processor' | 'worker', Wired>>,
): void {
  const may = (grantee: Wired, actions: string[], bucket: Bucket, keys = '*'): void => {
    Grant.addToPrincipal({ grantee, actions, resourceArns: [bucket.arnForObjects(keys)] })
  }
  may(orderApi, ['s3:GetObject', 's3:PutObject'], sources)
  may(orderApi, ['s3:GetObject'], printFiles)
  may(processor, ['s3:GetObject'], sources)
  may(processor, ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload'], printFiles)
  // It says which files are due; the lifecycle takes them away. Of claims it may put new ones, for jobs that no print client took, and
  // take none away.
  may(worker, ['s3:PutObjectTagging'], sources)
  may(worker, ['s3:PutObjectTagging'], printFiles, `${madeFilesPrefix}*`)
  may(worker, ['s3:GetObject', 's3:PutObject'], printFiles, 'claims/*')
  may(worker, ['s3:GetObject'], printFiles, `${madeFilesPrefix}*`)
  Grant.addToPrincipal({ grantee: worker, actions: ['s3:ListBucket'], resourceArns: [printFiles.bucketArn] })
  for (const service of [orderApi, processor, worker]) {
    service.tell({ SOURCES_BUCKET: sources.bucketName, PRINT_FILES_BUCKET: printFiles.bucketName })
  }
}
