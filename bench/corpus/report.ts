import { relative } from 'node:path'
import type { FileResult } from './file-result.ts'

/** The results for people, in 80 columns. */
export function corpusReport(folder: string, results: readonly FileResult[], seconds: number): string {
  const all = results.length
  const made = results.filter(({ outcome }) => outcome === 'made')
  const compared = sumOf(made, ({ compared }) => compared)
  const same = sumOf(made, ({ same }) => same)
  const checked = made.filter((each) => each.compared > 0)
  const name = (file: string): string => relative(folder, file).slice(-60)
  const different = checked.filter((each) => each.same < each.compared).toSorted((a, b) => b.worst - a.worst)
  const broken = results.filter(({ outcome }) => ['crashed', 'limit', 'fault'].includes(outcome))
  const complained = made.filter(({ complaint }) => complaint !== '')
  return [
    `${all} files in ${seconds.toFixed(0)} s`,
    `made           ${part(made.length, all)}`,
    `refused        ${part(count(results, 'refused'), all)}`,
    ...refusals(results).map(([code, number]) => `  ${code.padEnd(40)} ${number}`),
    `crashed        ${count(results, 'crashed')}`,
    `time or memory ${count(results, 'limit')}`,
    `our own faults ${count(results, 'fault')}`,
    `pages visually same ${part(same, compared)}`,
    `files visually same ${part(checked.filter((each) => each.same === each.compared).length, checked.length)}`,
    `print files without complaint by qpdf ${part(made.length - complained.length, made.length)}`,
    ...section(
      'different',
      different.slice(0, 20).map((each) => `${(each.worst * 100).toFixed(1)} %  ${name(each.file)}`),
    ),
    ...section(
      'broken',
      broken
        .slice(0, 20)
        .map((each) => `${each.outcome}  ${name(each.file)}\n    ${each.detail.split('\n')[0]?.slice(0, 110)}`),
    ),
    ...section(
      'qpdf has something against',
      complained.slice(0, 20).map((each) => `${name(each.file)}\n    ${each.complaint.slice(0, 110)}`),
    ),
    ...section(
      'slowest',
      most(results, ({ milliseconds }) => milliseconds).map(
        (each) => `${(each.milliseconds / 1000).toFixed(1)} s  ${name(each.file)}`,
      ),
    ),
    ...section(
      'largest memory',
      most(results, ({ peakMB }) => peakMB)
        .slice(0, 5)
        .map((each) => `${each.peakMB} MB  ${name(each.file)}`),
    ),
    '',
  ].join('\n')
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length > 0 ? [title, ...lines.map((line) => `  ${line}`)] : []

const count = (results: readonly FileResult[], outcome: FileResult['outcome']): number =>
  results.filter((each) => each.outcome === outcome).length

const sumOf = (results: readonly FileResult[], of: (each: FileResult) => number): number =>
  results.reduce((sum, each) => sum + of(each), 0)

const part = (some: number, all: number): string =>
  `${some} of ${all}${all > 0 ? ` (${((some / all) * 100).toFixed(2)} %)` : ''}`

const most = (results: readonly FileResult[], of: (each: FileResult) => number): readonly FileResult[] =>
  results.toSorted((one, other) => of(other) - of(one)).slice(0, 10)

function refusals(results: readonly FileResult[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>()
  for (const { outcome, detail } of results) {
    if (outcome === 'refused') counts.set(detail, (counts.get(detail) ?? 0) + 1)
  }
  return [...counts].toSorted(([, one], [, other]) => other - one)
}
