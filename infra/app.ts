import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildApp } from './build-app.ts'
import { givenSettings } from './given-settings.ts'
import { SettingsFault } from './settings.ts'

/** `npm run infra:synth -- account=… domain=…`, and what the CDK's own command calls: writes the templates and says where. */
function main(): void {
  const settings = givenSettings(process.argv.slice(2))
  const outdir = process.env.CDK_OUTDIR ?? mkdtempSync(join(tmpdir(), 'printcloud-infra-'))
  const { directory, stacks } = buildApp(settings, { outdir }).app.synth()
  const lines = stacks.map(({ stackName, environment, templateFullPath }) =>
    [stackName, environment.region, templateFullPath].join('\t'),
  )
  process.stdout.write(`${[directory, ...lines].join('\n')}\n`)
}

try {
  main()
} catch (error) {
  if (!(error instanceof SettingsFault)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 64
}
