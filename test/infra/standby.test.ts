import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { OrderApiEnvironment, OrderWorkerEnvironment, ProcessorEnvironment } from '#contracts/environment.ts'
import { statedLoad } from '../../infra/bill/load.ts'
import { priceTemplate, total } from '../../infra/bill/price-template.ts'
import { readPrices } from '../../infra/bill/prices.ts'
import { standbyBill } from '../../infra/bill/standby-bill.ts'
import { account, all, at, installation, list, rightsOf, standbyTemplate } from './synthesized.ts'

const standby = standbyTemplate(installation)
const awake = standbyTemplate([...installation, 'standby=awake'])

/** Rights as `action on what`, in short. */
const mayDo = (role: string): readonly string[] =>
  rightsOf(standby, role)
    .flatMap(({ actions, resources }) => actions.flatMap((action) => resources.map((one) => `${action} ${short(one)}`)))
    .sort()

const short = (resource: string): string =>
  resource
    .replaceAll(/\{"Fn::GetAtt":\["([A-Za-z]+?)[0-9A-F]{8}","Arn"\]\}/g, '$1')
    .replace(/^\{"Fn::Join":\["",\[(.*)\]\]\}$/, '$1')
    .replaceAll(/[",]/g, '')
    .replaceAll('{Ref:AWS::Partition}', '')

test('asleep nothing runs: every group is empty, the database has no instance, and there is no load balancer', () => {
  const groups = all(standby, 'AutoScaling::AutoScalingGroup')
  expect(groups.map(({ AutoScalingGroupName }) => AutoScalingGroupName)).toEqual([
    'printcloud-prod-standby-order-api',
    'printcloud-prod-standby-order-worker',
    'printcloud-prod-standby-processor',
  ])
  for (const { MinSize, DesiredCapacity } of groups) expect([MinSize, DesiredCapacity]).toEqual(['0', undefined])
  for (const type of ['RDS::DBInstance', 'ElasticLoadBalancingV2::LoadBalancer', 'EC2::NatGateway', 'EC2::Instance']) {
    expect(all(standby, type), type).toEqual([])
  }
})

test('the database follows the primary’s, encrypted with a key of its own, and cannot be deleted by accident', () => {
  const [cluster] = all(standby, 'RDS::DBCluster')
  expect(cluster).toMatchObject({
    GlobalClusterIdentifier: 'printcloud-prod',
    StorageEncrypted: true,
    DeletionProtection: true,
    EnableHttpEndpoint: true,
  })
  expect(at(cluster, 'KmsKeyId')).toBeDefined()
  expect(all(standby, 'KMS::Key')[0]?.EnableKeyRotation).toBe(true)
})

test('waking it adds a writer and an entrance over TLS, and changes nothing else', () => {
  const kinds = (template: typeof standby) => Object.values(template?.Resources ?? {}).map(({ Type }) => Type)
  const added = kinds(awake).filter((type) => !kinds(standby).includes(type))
  expect([...new Set(added)].sort()).toEqual([
    'AWS::EC2::SecurityGroupEgress',
    'AWS::EC2::SecurityGroupIngress',
    'AWS::ElasticLoadBalancingV2::Listener',
    'AWS::ElasticLoadBalancingV2::LoadBalancer',
    'AWS::ElasticLoadBalancingV2::TargetGroup',
    'AWS::RDS::DBInstance',
  ])
  for (const name of Object.keys(standby?.Resources ?? {})) expect(Object.keys(awake?.Resources ?? {})).toContain(name)
  expect(all(awake, 'ElasticLoadBalancingV2::Listener')[0]).toMatchObject({ Port: 443, Protocol: 'HTTPS' })
})

test('awake its template is still small enough for the AWS command line alone', () => {
  expect(JSON.stringify(awake).length).toBeLessThan(51_200)
})

test('nobody outside reaches an instance: they take nothing in but from the load balancer, and answer no old metadata requests', () => {
  for (const template of [standby, awake]) {
    const open = all(template, 'EC2::SecurityGroup').filter(({ SecurityGroupIngress }) => SecurityGroupIngress)
    expect(open.map(({ GroupDescription }) => String(GroupDescription))).toEqual(
      template === standby ? [] : [expect.stringContaining('callers')],
    )
    for (const { LaunchTemplateData } of all(template, 'EC2::LaunchTemplate')) {
      expect(at(LaunchTemplateData, 'MetadataOptions')).toMatchObject({
        HttpTokens: 'required',
        HttpPutResponseHopLimit: 1,
      })
    }
  }
  expect(all(awake, 'EC2::SecurityGroupIngress').map(({ FromPort, ToPort }) => [FromPort, ToPort])).toEqual([
    [8080, 8080],
  ])
})

test('instances are spread over two zones', () => {
  const zones = all(standby, 'EC2::Subnet').map(({ AvailabilityZone }) => at(AvailabilityZone, 'Fn::Select.0'))
  expect(zones).toEqual([0, 1])
})

test('no right is for everything: neither an action nor a resource is a bare star', () => {
  for (const role of ['orderapi', 'orderworker', 'processor']) {
    const rights = rightsOf(standby, role)
    expect(rights.length).toBeGreaterThan(0)
    expect(rights.flatMap(({ actions }) => actions).filter((action) => action.includes('*'))).toEqual([])
    expect(rights.flatMap(({ resources }) => resources)).not.toContain('*')
  }
})

const onDocuments = (role: string) => mayDo(role).filter((right) => /documents/.test(right))

test('the worker writes documents in both regions, a processor only pictures, the API none', () => {
  const lost = `arn::s3:::printcloud-prod-documents-${account}-eu-west-1`
  const both = (...rights: string[]) =>
    rights.flatMap((right) => [right.replace('BUCKET', lost), right.replace('BUCKET', 'documentsbucket')])
  expect(onDocuments('orderworker')).toEqual(
    both(
      's3:DeleteObject BUCKET/public/v1/*',
      's3:GetObject BUCKET/public/v1/*',
      's3:ListBucket BUCKET',
      's3:PutObject BUCKET/public/v1/*',
    ),
  )
  expect(onDocuments('processor')).toEqual(
    both('s3:GetObject BUCKET/public/v1/thumbnails/*', 's3:PutObject BUCKET/public/v1/thumbnails/*'),
  )
  expect(onDocuments('orderapi')).toEqual([])
})

test('a processor has no database, no key of ours and no facility; only the worker hears what facilities say', () => {
  const processor = mayDo('processor').join('\n')
  expect(processor).not.toMatch(/rds-data|secretsmanager|facdelft/)
  expect(mayDo('orderworker').filter((right) => right.startsWith('sqs:ReceiveMessage'))).toEqual([
    'sqs:ReceiveMessage takeoverstatusqueue',
  ])
  for (const role of ['orderapi', 'orderworker']) {
    const database = `arn:aws:rds:eu-central-1:${account}:cluster:printcloud-prod-eu-central-1`
    expect(mayDo(role).filter((right) => right.startsWith('rds-data'))).toEqual([
      expect.stringMatching(new RegExp(`^rds-data:ExecuteStatement .*${database.slice(8)}$`)),
    ])
  }
})

test('every inbox has dead letters for two weeks, and takes messages over TLS only', () => {
  const queues = all(standby, 'SQS::Queue')
  const names = queues.map(({ QueueName }) => String(QueueName))
  expect(names.filter((name) => !name.endsWith('-dead')).sort()).toEqual([
    'printcloud-prod-fac_delft',
    'printcloud-prod-fac_porto',
    'printcloud-prod-process',
    'printcloud-prod-status',
  ])
  for (const queue of queues) {
    const isDead = String(queue.QueueName).endsWith('-dead')
    expect(queue.MessageRetentionPeriod).toBe(isDead ? 1_209_600 : 345_600)
    expect(at(queue, 'RedrivePolicy.maxReceiveCount')).toBe(isDead ? undefined : 10)
  }
  expect(all(standby, 'SQS::QueuePolicy')).toHaveLength(queues.length)
})

/** What an instance of a service does when it starts; what AWS fills in later is `value`. */
function bootScriptOf(service: string): string {
  const scripts = all(standby, 'EC2::LaunchTemplate')
    .map((template) => at(template, 'LaunchTemplateData.UserData.Fn::Base64'))
    .map((data) => (typeof data === 'string' ? [data] : list(at(data, 'Fn::Join.1'))))
    .map((parts) => parts.map((part) => (typeof part === 'string' ? part : 'value')).join(''))
  return scripts.find((script) => script.includes(`/etc/printcloud/${service}.env`)) ?? ''
}

/** Names of what it is told of its surroundings. The region is the SDK's. */
const told = (service: string): readonly string[] =>
  [...bootScriptOf(service).matchAll(/^(?:printf ')?([A-Z][A-Z0-9_]+)=/gm)]
    .map(([, name = '']) => name)
    .filter((name) => name !== 'AWS_REGION')

test('every instance knows its region, and its boot script is one that bash can read', () => {
  for (const service of ['order-api', 'order-worker', 'processor']) {
    expect(bootScriptOf(service)).toContain('\nAWS_REGION=eu-central-1\n')
    expect(spawnSync('bash', ['-n'], { input: bootScriptOf(service), encoding: 'utf8' })).toMatchObject({ status: 0 })
  }
})

test.each([
  ['order-api', OrderApiEnvironment],
  ['order-worker', OrderWorkerEnvironment],
  ['processor', ProcessorEnvironment],
] as const)(
  '%s is told everything that it must know to start, and nothing that it does not read',
  (service, contract) => {
    const properties: Readonly<Record<string, unknown>> = contract.properties
    const needed = list(at(contract, 'required')).filter(
      (name) => at(properties[String(name)], 'default') === undefined,
    )
    expect(told(service)).toEqual(expect.arrayContaining(needed))
    expect(told(service).filter((name) => !(name in properties))).toEqual([])
  },
)

test('the same settings give the same template, word for word', () => {
  expect(JSON.stringify(standbyTemplate(installation))).toBe(JSON.stringify(standby))
})

test('no secret is in a template, only the name under which an instance asks for it', () => {
  const text = JSON.stringify(standby)
  expect(text).toContain("--secret-id 'printcloud/prod/master-keys'")
  expect(text).not.toMatch(/SecretString":|MasterUserPassword/)
})

const prices = readPrices('eu-central-1')

test('asleep the standby costs less than twenty dollars a month, awake less than 250', () => {
  expect(total(standbyBill(standby, prices))).toBeLessThan(20)
  expect(total(standbyBill(awake, prices))).toBeLessThan(250)
})

test('a resource that nobody priced makes no bill', () => {
  const template = { Resources: { gateway: { Type: 'AWS::EC2::NatGateway' } } }
  expect(() => priceTemplate(template, statedLoad, prices)).toThrow(/NatGateway has no price/)
})

test('without a domain a second region keeps documents and nothing else: there is no name to point elsewhere', () => {
  const plain = standbyTemplate([`account=${account}`])
  expect(new Set(Object.values(plain?.Resources ?? {}).map(({ Type }) => Type))).toEqual(
    new Set(['AWS::S3::Bucket', 'AWS::S3::BucketPolicy']),
  )
})
