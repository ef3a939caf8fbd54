import { expect, test } from 'vitest'
import { pageHeaders, publicHeaders } from '#contracts/published/edge-headers.ts'
import { account, all, at, installation, list, statements, synthesized } from './synthesized.ts'

const templates = synthesized(installation)
const readPath = templates['printcloud-prod-read-path']
const standby = templates['printcloud-prod-standby']
const distribution = at(all(readPath, 'CloudFront::Distribution')[0], 'DistributionConfig')
const behaviours = [at(distribution, 'DefaultCacheBehavior'), ...list(at(distribution, 'CacheBehaviors'))]
const files = templates['printcloud-prod-files']
const buckets = [readPath, standby, files].flatMap((template) => all(template, 'S3::Bucket'))
const documentBuckets = buckets.filter(({ BucketName }) => String(BucketName).includes('-documents-'))
const bucketStatements = statements([readPath, standby, files].flatMap((template) => all(template, 'S3::BucketPolicy')))

test('documents lie in two buckets, in two regions', () => {
  expect(documentBuckets.map(({ BucketName }) => BucketName)).toEqual([
    `printcloud-prod-documents-${account}-eu-west-1`,
    `printcloud-prod-documents-${account}-eu-central-1`,
  ])
})

test('no bucket is public, unencrypted, without versions or reached without TLS, and none goes with its stack', () => {
  expect(buckets).toHaveLength(7)
  for (const bucket of buckets) {
    expect(Object.values(Object(bucket.PublicAccessBlockConfiguration))).toEqual([true, true, true, true])
    expect(at(bucket, 'VersioningConfiguration.Status')).toBe('Enabled')
    expect(at(bucket, 'OwnershipControls.Rules.0.ObjectOwnership')).toBe('BucketOwnerEnforced')
    expect(list(at(bucket, 'BucketEncryption.ServerSideEncryptionConfiguration'))).toHaveLength(1)
  }
  const kept = [readPath, standby, files].flatMap((template) =>
    Object.values(template?.Resources ?? {}).filter(({ Type }) => Type === 'AWS::S3::Bucket'),
  )
  expect(kept.map(({ DeletionPolicy }) => DeletionPolicy)).toEqual(kept.map(() => 'Retain'))
  const unsafe = bucketStatements.filter(
    ({ effect, condition }) => effect === 'Deny' && at(condition, 'Bool.aws:SecureTransport') === 'false',
  )
  expect(unsafe).toHaveLength(buckets.length)
})

test('replaced documents go after 30 days, replaced status and unfinished uploads after one; what is published or saved never goes by itself', () => {
  for (const bucket of documentBuckets) {
    const rules = list(at(bucket, 'LifecycleConfiguration.Rules'))
    const rule = (name: string) => rules.find((each) => at(each, 'Id') === name)
    expect(at(rule('replaced'), 'NoncurrentVersionExpiration.NoncurrentDays')).toBe(30)
    expect(at(rule('replaced status'), 'Prefix')).toBe('public/v1/status/')
    expect(at(rule('replaced status'), 'NoncurrentVersionExpiration.NoncurrentDays')).toBe(1)
    expect(at(rule('unfinished uploads'), 'AbortIncompleteMultipartUpload.DaysAfterInitiation')).toBe(1)
    for (const each of rules) expect(at(each, 'ExpirationInDays')).toBeUndefined()
    expect(rules).toHaveLength(3)
  }
})

test('files of orders are copied to the standby while they are under way, and stay where they are first', () => {
  for (const kind of ['sources', 'print-files']) {
    const [own, copy] = ['eu-west-1', 'eu-central-1'].map((region) =>
      buckets.find(({ BucketName }) => BucketName === `printcloud-prod-${kind}-${account}-${region}`),
    )
    const [rule] = list(at(own, 'ReplicationConfiguration.Rules'))
    expect(at(rule, 'Status')).toBe('Enabled')
    expect(JSON.stringify(at(rule, 'Destination.Bucket'))).toContain(String(copy?.BucketName))
    const copies = rulesOf(copy).find(({ id }) => id === 'copies')
    expect(copies).toMatchObject({ days: 35, tag: undefined })
    for (const { id, tag } of rulesOf(own)) expect([id, id === 'preflights' || tag]).toEqual([id, expect.anything()])
  }
})

test('files of an order that is over go the day after they are marked, in both regions; what was claimed is never forgotten', () => {
  const marked = { days: 1, tag: [{ Key: 'printcloud-expiry', Value: 'due' }] }
  const held = buckets.filter(({ BucketName }) => /prod-(sources|print-files)-/.test(String(BucketName)))
  expect(held).toHaveLength(4)
  for (const bucket of held) {
    expect(rulesOf(bucket).find(({ id }) => id === 'expired')).toMatchObject(marked)
    if (!String(bucket.BucketName).includes('print-files')) continue
    for (const { prefix = '' } of rulesOf(bucket)) expect('claims/fac_delft/job_1'.startsWith(prefix)).toBe(false)
  }
})

/** Rules of a bucket that take away what is current. */
const rulesOf = (bucket: unknown) =>
  list(at(bucket, 'LifecycleConfiguration.Rules'))
    .filter((each) => at(each, 'ExpirationInDays') !== undefined)
    .map((each) => ({
      ...{ id: at(each, 'Id'), days: at(each, 'ExpirationInDays'), tag: at(each, 'TagFilters') },
      prefix: at(each, 'Prefix')?.toString(),
    }))

test('only CloudFront reads documents from outside, of this account’s distributions, and may list so that what is missing is 404', () => {
  const allowed = bucketStatements.filter(({ effect }) => effect === 'Allow')
  for (const { principal } of allowed) expect(principal).toEqual({ Service: 'cloudfront.amazonaws.com' })
  expect(allowed.flatMap(({ actions }) => actions).sort()).toEqual([
    's3:GetObject',
    's3:GetObject',
    's3:ListBucket',
    's3:ListBucket',
  ])
  for (const { condition } of allowed)
    expect(JSON.stringify(condition)).toMatch(/:(111122223333|",\{"Ref":"AWS::AccountId"\},"):distribution\//)
})

test('reads fail over to the other region when a bucket fails, and never because something is not there', () => {
  const group = at(distribution, 'OriginGroups.Items.0')
  expect(at(group, 'FailoverCriteria.StatusCodes.Items')).toEqual([403, 500, 502, 503, 504])
  const order = list(at(group, 'Members.Items')).map((member) => at(member, 'OriginId'))
  const origins = list(at(distribution, 'Origins'))
  const regions = order.map((id) =>
    JSON.stringify(
      at(
        origins.find((each) => at(each, 'Id') === id),
        'DomainName',
      ),
    ),
  )
  expect(regions[0]).toContain('documents')
  expect(regions[1]).toContain('eu-central-1')
  for (const behaviour of behaviours) expect(at(behaviour, 'TargetOriginId')).toBe(at(group, 'Id'))
})

test('a bucket that does not answer is given up before the second try of a button is over, by limits that CloudFront takes', () => {
  // Two tries of 1.5 s: services/order-client/browser/read-publication.ts.
  const triesSeconds = 3
  const origins = list(at(distribution, 'Origins'))
  expect(origins.map((origin) => at(origin, 'ConnectionAttempts'))).toEqual([1, 2])
  for (const origin of origins) {
    const answerSeconds = Number(at(origin, 'S3OriginConfig.OriginReadTimeout'))
    expect(Math.max(Number(at(origin, 'ConnectionTimeout')), answerSeconds)).toBeLessThan(triesSeconds)
    expect(at(origin, 'ResponseCompletionTimeout')).toBeGreaterThanOrEqual(answerSeconds)
    expect(at(origin, 'OriginAccessControlId')).toBeDefined()
  }
})

test('documents are read with GET, HEAD and OPTIONS over TLS, and every address goes through the function', () => {
  const paths = list(at(distribution, 'CacheBehaviors')).map((behaviour) => at(behaviour, 'PathPattern'))
  expect(paths).toEqual([
    '/public/v1/pages/*',
    '/public/*',
    '/status',
    '/status.json',
    '/v1/button.js',
    '/v*.*.*/button.js',
  ])
  for (const behaviour of behaviours) {
    expect(at(behaviour, 'AllowedMethods')).toEqual(['GET', 'HEAD', 'OPTIONS'])
    expect(at(behaviour, 'ViewerProtocolPolicy')).toBe('redirect-to-https')
    expect(at(behaviour, 'FunctionAssociations.0.EventType')).toBe('viewer-request')
    expect(at(behaviour, 'Compress')).toBe(false)
  }
  expect(all(readPath, 'CloudFront::Function')).toHaveLength(1)
  expect(at(all(readPath, 'CloudFront::Function')[0], 'FunctionConfig.Runtime')).toBe('cloudfront-js-2.0')
})

test('a document is kept as long as it says, up to a year; cookies and questions make no second copy', () => {
  const policy = at(all(readPath, 'CloudFront::CachePolicy')[0], 'CachePolicyConfig')
  expect([at(policy, 'MinTTL'), at(policy, 'DefaultTTL'), at(policy, 'MaxTTL')]).toEqual([0, 5, 31_536_000])
  expect(at(policy, 'ParametersInCacheKeyAndForwardedToOrigin')).toEqual({
    CookiesConfig: { CookieBehavior: 'none' },
    HeadersConfig: { HeaderBehavior: 'none' },
    QueryStringsConfig: { QueryStringBehavior: 'none' },
    EnableAcceptEncodingBrotli: false,
    EnableAcceptEncodingGzip: false,
  })
})

/** The policy of answers to a path, by its comment. */
const policies = all(readPath, 'CloudFront::ResponseHeadersPolicy').map((each) =>
  at(each, 'ResponseHeadersPolicyConfig'),
)

test('an edit drops what carries its tag: CloudFront reads tags from the metadata of objects, and visitors do not see them', () => {
  expect(at(distribution, 'CacheTagConfig.HeaderName')).toBe('x-amz-meta-cache-tag')
  expect(policies).toHaveLength(2)
  for (const policy of policies) {
    const removed = list(at(policy, 'RemoveHeadersConfig.Items')).map((each) => at(each, 'Header'))
    expect(removed).toContain('x-amz-meta-cache-tag')
  }
})

test('answers have the headers that every edge adds, and no cache behind ours mixes up what is packed for one caller with another', () => {
  for (const policy of policies) {
    const cors = at(policy, 'CorsConfig')
    const custom = list(at(policy, 'CustomHeadersConfig.Items')).map((each) => [
      String(at(each, 'Header')).toLowerCase(),
      at(each, 'Value'),
    ])
    const { vary, ...others } = Object.fromEntries(custom)
    expect(vary).toBe('Accept, Accept-Encoding')
    expect(at(cors, 'AccessControlAllowCredentials')).toBe(false)
    expect(at(policy, 'SecurityHeadersConfig.ContentTypeOptions.Override')).toBe(true)
    expect({
      'access-control-allow-origin': list(at(cors, 'AccessControlAllowOrigins.Items')).join(', '),
      'access-control-expose-headers': list(at(cors, 'AccessControlExposeHeaders.Items')).join(', '),
      'x-content-type-options': 'nosniff',
      ...others,
    }).toEqual(publicHeaders)
  }
})

test('pages of ours have their own rules too, documents do not', () => {
  const [documents, pages] = policies.map((policy) => ({
    csp: at(policy, 'SecurityHeadersConfig.ContentSecurityPolicy.ContentSecurityPolicy'),
    referrer: at(policy, 'SecurityHeadersConfig.ReferrerPolicy.ReferrerPolicy'),
  }))
  expect(documents).toEqual({ csp: undefined, referrer: undefined })
  expect(pages).toEqual({ csp: pageHeaders['content-security-policy'], referrer: pageHeaders['referrer-policy'] })
  const pathsOf = (reference: unknown) =>
    list(at(distribution, 'CacheBehaviors'))
      .filter((behaviour) => JSON.stringify(at(behaviour, 'ResponseHeadersPolicyId')) === JSON.stringify(reference))
      .map((behaviour) => at(behaviour, 'PathPattern'))
  const ofStatus = list(at(distribution, 'CacheBehaviors')).find((each) => at(each, 'PathPattern') === '/status')
  expect(pathsOf(at(ofStatus, 'ResponseHeadersPolicyId'))).toEqual(['/public/v1/pages/*', '/status'])
})

test('what is not there is asked for again after five seconds, what failed after one', () => {
  const responses = list(at(distribution, 'CustomErrorResponses'))
  const seconds = Object.fromEntries(responses.map((each) => [at(each, 'ErrorCode'), at(each, 'ErrorCachingMinTTL')]))
  expect(seconds).toEqual({ 403: 1, 404: 5, 500: 1, 502: 1, 503: 1, 504: 1 })
})

test('the CDN has the name cdn. with a certificate of its own, and nothing older than TLS 1.2', () => {
  expect(at(distribution, 'Aliases')).toEqual(['cdn.example.com'])
  expect(at(distribution, 'ViewerCertificate.MinimumProtocolVersion')).toBe('TLSv1.2_2021')
  expect(at(distribution, 'PriceClass')).toBe('PriceClass_100')
})

test('a template needs no uploaded files and no bootstrapped account: the AWS command line deploys it', () => {
  for (const template of Object.values(templates)) {
    expect(JSON.stringify(template)).not.toContain('cdk-hnb659fds')
    expect(JSON.stringify(template).length).toBeLessThan(51_200)
    expect(Object.values(template.Resources).filter(({ Type }) => Type.startsWith('Custom::'))).toEqual([])
  }
})
