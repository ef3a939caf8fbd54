import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { buildApp } from '../../infra/build-app.ts'
import { givenSettings } from '../../infra/given-settings.ts'

export type Properties = Readonly<Record<string, unknown>>
export type Template = {
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties?: Properties } & Properties>>
}

export const account = '111122223333'
const id = '0f0e0d0c-0000-4000-8000-00000000000'

/** Settings of an installation with a domain and two facilities. */
export const installation: readonly string[] = [
  `account=${account}`,
  'domain=example.com',
  `certificateArn=arn:aws:acm:us-east-1:${account}:certificate/${id}1`,
  `standbyCertificateArn=arn:aws:acm:eu-central-1:${account}:certificate/${id}2`,
  'distributionId=E1EXAMPLE11111',
  'facilities=fac_delft,fac_porto',
]

/** The templates that `npm run infra:synth` writes, by the name of their stack. Their folder goes with the test file. */
export function synthesized(settings: readonly string[]): Readonly<Record<string, Template>> {
  const outdir = mkdtempSync(join(tmpdir(), 'printcloud-synth-'))
  afterAll(() => rmSync(outdir, { recursive: true, force: true }))
  const output = execFileSync(process.execPath, ['infra/app.ts', ...settings], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: process.env.HOME, CDK_VALIDATION: 'false', CDK_OUTDIR: outdir },
  })
  const rows = output
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'))
  return Object.fromEntries(rows.map(([name = '', , path = '']) => [name, JSON.parse(readFileSync(path, 'utf8'))]))
}

/** The template of the standby, without a process of its own: quicker. */
export function standbyTemplate(settings: readonly string[]): Template {
  process.env.CDK_VALIDATION = 'false'
  const outdir = mkdtempSync(join(tmpdir(), 'printcloud-synth-'))
  try {
    return buildApp(givenSettings(settings, {}), { outdir }).app.synth().getStackArtifact('standby').template
  } finally {
    rmSync(outdir, { recursive: true, force: true })
  }
}

/** Properties of every resource of a kind. */
export const all = (template: Template | undefined, type: string): readonly Properties[] =>
  Object.values(template?.Resources ?? {})
    .filter(({ Type }) => Type === `AWS::${type}`)
    .map(({ Properties = {} }) => Properties)

/** Something inside, by names and numbers with dots between; undefined where there is nothing. */
export function at(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, name) => {
    return typeof inner === 'object' && inner !== null ? Reflect.get(inner, name) : undefined
  }, value)
}

export const list = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value]

export type Statement = {
  readonly effect: string
  readonly actions: readonly string[]
  readonly resources: readonly string[]
  readonly principal: unknown
  readonly condition: unknown
}

/** Statements of policies, with resources as text so that a test can say what they end in. */
export const statements = (policies: readonly Properties[]): readonly Statement[] =>
  policies
    .flatMap((policy) => list(at(policy, 'PolicyDocument.Statement')))
    .map((statement) => ({
      effect: String(at(statement, 'Effect')),
      actions: list(at(statement, 'Action')).map(String),
      resources: list(at(statement, 'Resource')).map((resource) =>
        typeof resource === 'string' ? resource : JSON.stringify(resource),
      ),
      principal: at(statement, 'Principal'),
      condition: at(statement, 'Condition'),
    }))

/** Statements of the policies that belong to a role. */
export function rightsOf(template: Template | undefined, role: string): readonly Statement[] {
  const mine = all(template, 'IAM::Policy').filter((policy) => JSON.stringify(policy.Roles).includes(role))
  return statements(mine)
}
