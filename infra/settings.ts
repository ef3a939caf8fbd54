/** Everything about an installation that is not the same everywhere. `readSettings` is the only way to have one. */
export type Settings = {
  readonly stage: 'dev' | 'prod'
  /** 12 digits. */
  readonly account: string
  /** Where orders are taken and written. */
  readonly region: string
  /** Where documents are kept a second time, and where writes go on when `region` is lost. */
  readonly standbyRegion: string
  /** `asleep`: nothing runs there. `awake`: it takes over (docs/runbook.md). */
  readonly standby: 'asleep' | 'awake'
  /** The zone that holds `api.`, `cdn.` and `checkout.`; without one CloudFront's own name serves. */
  readonly domain: string | undefined
  /** Certificate for `cdn.`: CloudFront takes only those of us-east-1. */
  readonly certificateArn: string | undefined
  /** Certificate for `api.` and `checkout.` in the standby region. */
  readonly standbyCertificateArn: string | undefined
  /** Known after the first deploy; narrows who reads the standby's bucket from "our distributions" to this one. */
  readonly distributionId: string | undefined
  /** Ids of facilities: each gets an inbox in the standby region too. */
  readonly facilities: readonly string[]
}

/** All that was wrong with the given settings, one sentence each: what was found, what is allowed, where to say it. */
export class SettingsFault extends Error {
  readonly issues: readonly string[]
  constructor(issues: readonly string[]) {
    super(issues.join('\n'))
    this.name = 'SettingsFault'
    this.issues = issues
  }
}

type Rule = {
  readonly shape: RegExp
  readonly allowed: string
  /** Without one the setting must be given or, when it is `optional`, may be missing. */
  readonly usual?: string
  readonly optional?: true
}

const region = { shape: /^[a-z]{2}(-[a-z]+)+-\d$/, allowed: 'a region such as eu-west-1' }
const certificateIn = (place: string): RegExp =>
  new RegExp(`^arn:aws:acm:${place}:\\d{12}:certificate/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

const rules = {
  stage: { shape: /^(dev|prod)$/, allowed: 'dev or prod', usual: 'prod' },
  account: { shape: /^\d{12}$/, allowed: 'the 12 digits of the AWS account' },
  region: { ...region, usual: 'eu-west-1' },
  standbyRegion: { ...region, usual: 'eu-central-1' },
  standby: { shape: /^(asleep|awake)$/, allowed: 'asleep or awake', usual: 'asleep' },
  domain: {
    shape: /^(?=.{4,200}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/,
    allowed: 'a domain in lower case such as example.com; names with other letters in their xn-- form',
    optional: true,
  },
  certificateArn: {
    shape: certificateIn('us-east-1'),
    allowed: 'the ARN of a certificate in us-east-1, because CloudFront takes no other',
    optional: true,
  },
  standbyCertificateArn: {
    shape: certificateIn('[a-z0-9-]+'),
    allowed: 'the ARN of a certificate in the standby region',
    optional: true,
  },
  distributionId: { shape: /^E[A-Z0-9]{10,}$/, allowed: 'the id of the CloudFront distribution', optional: true },
  facilities: {
    shape: /^(fac_[a-z0-9_-]{1,40}(,fac_[a-z0-9_-]{1,40})*)?$/,
    allowed: 'ids of facilities with commas between, such as fac_delft,fac_porto',
    usual: '',
  },
} as const satisfies Readonly<Record<keyof Settings, Rule>>

/** Settings out of what was given on the command line or by the CDK's context. Throws SettingsFault with every fault at once. */
export function readSettings(given: Readonly<Record<string, string | undefined>>): Settings {
  const faults = [
    ...unknownNames(given),
    ...Object.entries(rules).flatMap(([name, rule]) => faultOf(name, rule, given)),
  ]
  const value = (name: keyof Settings): string => given[name] ?? usualOf(rules[name])
  const optional = (name: keyof Settings): string | undefined => given[name]
  faults.push(...combined(given, value))
  if (faults.length > 0) throw new SettingsFault(faults)
  return {
    stage: value('stage') === 'dev' ? 'dev' : 'prod',
    account: value('account'),
    region: value('region'),
    standbyRegion: value('standbyRegion'),
    standby: value('standby') === 'awake' ? 'awake' : 'asleep',
    domain: optional('domain'),
    certificateArn: optional('certificateArn'),
    standbyCertificateArn: optional('standbyCertificateArn'),
    distributionId: optional('distributionId'),
    facilities: value('facilities')
      .split(',')
      .filter((id) => id !== ''),
  }
}

const usualOf = (rule: Rule): string => rule.usual ?? ''

const unknownNames = (given: Readonly<Record<string, string | undefined>>): readonly string[] =>
  Object.keys(given)
    .filter((name) => !(name in rules))
    .map((name) => `There is no setting "${name}". There are: ${Object.keys(rules).join(', ')}.`)

function faultOf(name: string, rule: Rule, given: Readonly<Record<string, string | undefined>>): readonly string[] {
  const found = given[name]
  if (found === undefined) {
    if (rule.optional || rule.usual !== undefined) return []
    return [`"${name}" is missing: it is ${rule.allowed}. Say ${name}=… on the command line.`]
  }
  return rule.shape.test(found) ? [] : [`"${name}" is "${found}"; it must be ${rule.allowed}.`]
}

function combined(
  given: Readonly<Record<string, string | undefined>>,
  value: (name: keyof Settings) => string,
): readonly string[] {
  const { domain, certificateArn, standbyCertificateArn } = given
  const faults: string[] = []
  if (value('region') === value('standbyRegion')) {
    faults.push(`"standbyRegion" is "${value('region')}" as "region" is: a region that is lost takes both with it.`)
  }
  if (domain !== undefined && certificateArn === undefined) {
    faults.push(`"certificateArn" is missing: cdn.${domain} needs a certificate in us-east-1. Say certificateArn=….`)
  }
  if (value('standby') === 'awake' && standbyCertificateArn === undefined) {
    faults.push('"standbyCertificateArn" is missing: a standby that is awake answers for api. and checkout. itself.')
  }
  if (value('standby') === 'awake' && given.distributionId === undefined) {
    faults.push('"distributionId" is missing: whoever publishes in the standby drops what edits changed at the CDN.')
  }
  const place = standbyCertificateArn?.split(':')[3]
  if (place !== undefined && place !== value('standbyRegion')) {
    faults.push(`"standbyCertificateArn" is of ${place}; it must be of the standby region, ${value('standbyRegion')}.`)
  }
  return faults
}
