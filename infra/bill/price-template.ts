import { hoursOfMonth, type Load } from './load.ts'
import type { PriceFile } from './prices.ts'

export type Resource = { readonly Type: string; readonly Properties?: Readonly<Record<string, unknown>> }
export type Template = { readonly Resources: Readonly<Record<string, Resource>> }

/** One line of a bill: so much of something, a month. */
export type BillLine = {
  readonly what: string
  readonly quantity: number
  readonly unit: string
  readonly usd: number
}

type Use = { readonly rate: string; readonly quantity: number; readonly what: string }
type Pricer = (resource: Resource, context: { readonly load: Load; readonly isAwake: boolean }) => readonly Use[]

const free: Pricer = () => []

/** What each kind of resource costs. A kind that is not here makes no bill: somebody has to look its price up first. */
const pricers: Readonly<Record<string, Pricer>> = {
  'AWS::S3::Bucket': (resource, { load }) => bucketUses(String(resource.Properties?.BucketName ?? ''), load),
  'AWS::KMS::Key': () => [{ rate: 'kms.key', quantity: 1, what: 'key of the database' }],
  'AWS::RDS::DBCluster': (_, { load }) => [
    { rate: 'aurora.stored', quantity: load.databaseGb, what: 'database: what it holds' },
    { rate: 'aurora.replicatedWrite', quantity: load.replicatedWrites, what: 'database: writes that follow' },
  ],
  'AWS::RDS::DBInstance': (_, { load }) => [
    { rate: 'aurora.capacity', quantity: load.awakeCapacity * hoursOfMonth, what: 'database: writer' },
  ],
  'AWS::ElasticLoadBalancingV2::LoadBalancer': () => [
    { rate: 'elb.application', quantity: hoursOfMonth, what: 'load balancer' },
    { rate: 'elb.capacity', quantity: hoursOfMonth, what: 'load balancer: its capacity' },
    { rate: 'ec2.address', quantity: 2 * hoursOfMonth, what: 'load balancer: addresses' },
  ],
  'AWS::AutoScaling::AutoScalingGroup': (resource, { load, isAwake }) => (isAwake ? groupUses(resource, load) : []),
  'AWS::CloudFront::Distribution': (_, { load }) => [
    { rate: 'cloudfront.request', quantity: load.views * load.requestsOfView, what: 'views: requests' },
    { rate: 'cloudfront.out', quantity: (load.views * load.kilobytesOfView) / 1e6, what: 'views: bytes' },
    { rate: 'cloudfront.invalidation', quantity: load.droppedTags - load.freeTags, what: 'edits: tags dropped' },
  ],
  'AWS::CloudFront::Function': (_, { load }) => [
    { rate: 'cloudfront.function', quantity: load.views * load.requestsOfView, what: 'views: function' },
  ],
  ...Object.fromEntries(
    [
      'CloudFront::CachePolicy',
      'CloudFront::OriginAccessControl',
      'CloudFront::ResponseHeadersPolicy',
      'S3::BucketPolicy',
      'SQS::Queue',
      'SQS::QueuePolicy',
      'IAM::Role',
      'IAM::Policy',
      'IAM::InstanceProfile',
      'EC2::VPC',
      'EC2::Subnet',
      'EC2::RouteTable',
      'EC2::Route',
      'EC2::SubnetRouteTableAssociation',
      'EC2::InternetGateway',
      'EC2::VPCGatewayAttachment',
      'EC2::VPCEndpoint',
      'EC2::SecurityGroup',
      'EC2::SecurityGroupIngress',
      'EC2::SecurityGroupEgress',
      'EC2::LaunchTemplate',
      'RDS::DBSubnetGroup',
      'ElasticLoadBalancingV2::TargetGroup',
      'ElasticLoadBalancingV2::Listener',
    ].map((type) => [`AWS::${type}`, free]),
  ),
}

function bucketUses(name: string, load: Load): readonly Use[] {
  if (name.includes('-bundles-')) return [{ rate: 's3.stored', quantity: load.bundlesGb, what: 'archives of services' }]
  if (name.includes('-sources-')) return copyUses('sources', load)
  if (name.includes('-print-files-')) return copyUses('print-files', load)
  return [
    { rate: 's3.stored', quantity: load.documentsGb, what: 'documents: stored' },
    { rate: 's3.put', quantity: load.documentPuts, what: 'documents: put' },
    { rate: 'transfer.betweenRegions', quantity: load.documentsGb, what: 'documents: on their way' },
  ]
}

const copyUses = (kind: 'sources' | 'print-files', load: Load): readonly Use[] => [
  { rate: 's3.stored', quantity: (load.copiedGb[kind] * 35) / 30, what: `copies of ${kind}: stored` },
  { rate: 's3.put', quantity: load.copiedObjects[kind], what: `copies of ${kind}: put` },
  { rate: 'transfer.betweenRegions', quantity: load.copiedGb[kind], what: `copies of ${kind}: on their way` },
]

function groupUses(resource: Resource, load: Load): readonly Use[] {
  const name = String(resource.Properties?.AutoScalingGroupName ?? '')
  const entry = Object.entries(load.awakeInstances).find(([service]) => name.endsWith(`-standby-${service}`))
  if (entry === undefined) throw new Error(`There is no number of instances for ${name} in infra/bill/load.ts`)
  const [service, count] = entry
  return [
    { rate: 'ec2.t4g.small', quantity: count * hoursOfMonth, what: `${service}: ${count} × t4g.small` },
    { rate: 'ec2.address', quantity: count * hoursOfMonth, what: `${service}: addresses` },
    { rate: 'ebs.gp3', quantity: count * 16, what: `${service}: volumes` },
  ]
}

/** What a template costs a month under a load, resource by resource. Throws when a kind of resource or a rate has no price. */
export function priceTemplate(template: Template, load: Load, prices: PriceFile): readonly BillLine[] {
  const resources = Object.values(template.Resources)
  const isAwake = resources.some(({ Type }) => Type === 'AWS::RDS::DBInstance')
  return resources.flatMap((resource) => {
    const pricer = pricers[resource.Type]
    if (pricer === undefined) {
      throw new Error(`${resource.Type} has no price: look it up and give it a line in infra/bill/price-template.ts`)
    }
    return pricer(resource, { load, isAwake }).map((use) => priced(use, prices))
  })
}

/** A use at its rate. */
export function priced({ rate, quantity, what }: Use, prices: PriceFile): BillLine {
  const found = prices.rates[rate]
  if (found === undefined) throw new Error(`${rate} has no rate in the price file of ${prices.region}`)
  return { what, quantity, unit: found.unit, usd: quantity * found.usd }
}

export const total = (lines: readonly BillLine[]): number => lines.reduce((sum, { usd }) => sum + usd, 0)
