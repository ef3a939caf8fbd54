import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { givenSettings } from '../../infra/given-settings.ts'
import { SettingsFault } from '../../infra/settings.ts'

function faultsOf(args: readonly string[], environment: Readonly<Record<string, string>> = {}): readonly string[] {
  try {
    givenSettings(args, environment)
  } catch (error) {
    if (error instanceof SettingsFault) return error.issues
    throw error
  }
  return []
}

test('an account is enough; everything else has a usual value', () => {
  expect(givenSettings(['account=111122223333'], {})).toMatchObject({
    stage: 'prod',
    region: 'eu-west-1',
    standbyRegion: 'eu-central-1',
    standby: 'asleep',
    domain: undefined,
    facilities: [],
  })
})

test('without an account it says which setting is missing and what it is', () => {
  expect(faultsOf([])).toEqual([
    '"account" is missing: it is the 12 digits of the AWS account. Say account=… on the command line.',
  ])
})

test('what is refused leaves no folder behind', () => {
  const folder = mkdtempSync(join(tmpdir(), 'printcloud-settings-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const env = { ...process.env, TMPDIR: folder }
  expect(spawnSync(process.execPath, ['infra/app.ts', 'account=12'], { env }).status).toBe(64)
  expect(readdirSync(folder)).toEqual([])
})

test('all faults are told at once, each with what is allowed', () => {
  const faults = faultsOf(['account=12', 'stage=test', 'region=Dublin', 'colour=red', 'domain=münchen.de', 'what'])
  expect(faults).toEqual(['"what" is no setting: write name=value.'])
  expect(faultsOf(['account=12', 'stage=test', 'region=Dublin', 'colour=red', 'domain=münchen.de'])).toEqual([
    expect.stringMatching(/^There is no setting "colour"\. There are: stage, account, /),
    '"stage" is "test"; it must be dev or prod.',
    '"account" is "12"; it must be the 12 digits of the AWS account.',
    '"region" is "Dublin"; it must be a region such as eu-west-1.',
    expect.stringMatching(/^"domain" is "münchen\.de"; .* in their xn-- form\.$/),
    expect.stringMatching(/^"certificateArn" is missing/),
  ])
})

test('a standby in the same region is refused, and so is a certificate where it does not count', () => {
  const id = '0f0e0d0c-0000-4000-8000-000000000001'
  expect(faultsOf(['account=111122223333', 'standbyRegion=eu-west-1'])).toEqual([
    '"standbyRegion" is "eu-west-1" as "region" is: a region that is lost takes both with it.',
  ])
  expect(
    faultsOf([
      'account=111122223333',
      'domain=example.com',
      `certificateArn=arn:aws:acm:eu-west-1:111122223333:certificate/${id}`,
      `standbyCertificateArn=arn:aws:acm:eu-west-1:111122223333:certificate/${id}`,
    ]),
  ).toEqual([
    expect.stringMatching(/^"certificateArn" is .*us-east-1, because CloudFront takes no other\.$/),
    '"standbyCertificateArn" is of eu-west-1; it must be of the standby region, eu-central-1.',
  ])
})

test('a standby cannot wake without the certificate that it answers with, and the CDN that it publishes to', () => {
  expect(faultsOf(['account=111122223333', 'standby=awake'])).toEqual([
    '"standbyCertificateArn" is missing: a standby that is awake answers for api. and checkout. itself.',
    '"distributionId" is missing: whoever publishes in the standby drops what edits changed at the CDN.',
  ])
})

test('what the CDK’s command knows counts, and the command line before it', () => {
  const environment = {
    CDK_DEFAULT_ACCOUNT: '111122223333',
    CDK_CONTEXT_JSON: JSON.stringify({
      stage: 'dev',
      region: 'eu-north-1',
      '@aws-cdk/core:flag': 'x',
      'aws:cdk:y': 'z',
    }),
  }
  expect(givenSettings(['region=eu-west-3'], environment)).toMatchObject({
    account: '111122223333',
    stage: 'dev',
    region: 'eu-west-3',
  })
})
