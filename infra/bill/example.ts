import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildApp } from '../build-app.ts'
import type { Settings } from '../settings.ts'
import type { Template } from './price-template.ts'

/** An installation to price when none is named: prices do not depend on names. */
export const exampleSettings: Settings = {
  stage: 'prod',
  account: '111122223333',
  region: 'eu-west-1',
  standbyRegion: 'eu-central-1',
  standby: 'asleep',
  domain: 'example.com',
  certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/0f0e0d0c-0000-4000-8000-000000000001',
  standbyCertificateArn: 'arn:aws:acm:eu-central-1:111122223333:certificate/0f0e0d0c-0000-4000-8000-000000000002',
  distributionId: 'E1EXAMPLE11111',
  facilities: ['fac_delft', 'fac_porto'],
}

/** Templates as they would be deployed, by the id of their stack. */
export function exampleTemplates(standby: Settings['standby']): Readonly<Record<'standby' | 'read-path', Template>> {
  const outdir = mkdtempSync(join(tmpdir(), 'printcloud-bill-'))
  try {
    const assembly = buildApp({ ...exampleSettings, standby }, { outdir }).app.synth()
    const template = (id: string): Template => assembly.getStackArtifact(id).template
    return { standby: template('standby'), 'read-path': template('read-path') }
  } finally {
    rmSync(outdir, { recursive: true, force: true })
  }
}
