import { App, DefaultStackSynthesizer } from 'aws-cdk-lib'
import { FilesStack } from './files-stack.ts'
import { names } from './names.ts'
import { ReadPathStack } from './read-path-stack.ts'
import type { Settings } from './settings.ts'
import { StandbyStack } from './standby-stack.ts'

export type Printcloud = {
  readonly app: App
  readonly readPath: ReadPathStack
  readonly standby: StandbyStack
  /** Only with a standby that can take over. */
  readonly files: FilesStack | undefined
}

/** All stacks of an installation. Pure: the same settings give the same templates, and nobody is asked anything. */
export function buildApp(settings: Settings, { outdir }: { readonly outdir?: string } = {}): Printcloud {
  const app = new App({
    analyticsReporting: false,
    // CloudFormation's own rules, of which the CDK has three hundred: what they find ends the synth.
    context: {
      '@aws-cdk/core:validateAgainstDefaultRules': true,
      // Without it two buckets that are copied want one role of one name.
      '@aws-cdk/aws-s3:setUniqueReplicationRoleName': true,
    },
    ...(outdir === undefined ? {} : { outdir }),
  })
  const { account, region, standbyRegion } = settings
  const stack = (part: string, place: string, description: string) => ({
    settings,
    stackName: names.stack(settings, part),
    description,
    env: { account, region: place },
    terminationProtection: settings.stage === 'prod',
    // No files to upload: a template can be deployed with nothing but the AWS command line, also at three in the morning.
    synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }),
  })
  const standby = new StandbyStack(
    app,
    'standby',
    stack('standby', standbyRegion, 'Printcloud: the second region, asleep until it is needed'),
  )
  const readPath = new ReadPathStack(
    app,
    'read-path',
    stack('read-path', region, 'Printcloud: published documents and the CDN in front of them'),
  )
  readPath.addStackDependency(standby)
  const { takeOver } = standby
  if (takeOver === undefined) return { app, readPath, standby, files: undefined }
  const files = new FilesStack(
    app,
    'files',
    stack('files', region, 'Printcloud: files of orders, copied to the standby'),
  )
  files.addStackDependency(standby)
  return { app, readPath, standby, files }
}
