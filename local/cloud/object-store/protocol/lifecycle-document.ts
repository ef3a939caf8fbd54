import type { LifecycleRule } from '../disk/bucket-settings.ts'
import { S3Error } from './errors.ts'
import { child, childText, readXml, type XmlElement } from './read-xml.ts'
import { document, element, text } from './write-xml.ts'

/**
 * Reads a LifecycleConfiguration: rules by prefix and tags that expire objects or abort uploads after days.
 * Throws S3Error MalformedXML, and NotImplemented for actions and filters that would otherwise be ignored in silence.
 */
export function readLifecycleDocument(xml: string): LifecycleRule[] {
  const root = readXml(xml)
  const rules = root.children.filter(({ name }) => name === 'Rule')
  if (root.name !== 'LifecycleConfiguration' || rules.length === 0 || rules.length > 1000)
    throw new S3Error('MalformedXML')
  return rules.map(readRule)
}

export function writeLifecycleDocument(rules: readonly LifecycleRule[]): string {
  return document(
    'LifecycleConfiguration',
    rules.map((rule) =>
      element('Rule', [
        rule.expireAfterDays ? element('Expiration', [text('Days', rule.expireAfterDays)]) : '',
        text('ID', rule.id),
        element('Filter', [writeFilter(rule)]),
        text('Status', rule.isEnabled ? 'Enabled' : 'Disabled'),
        rule.abortUploadsAfterDays
          ? element('AbortIncompleteMultipartUpload', [text('DaysAfterInitiation', rule.abortUploadsAfterDays)])
          : '',
      ]),
    ),
  )
}

function readRule(rule: XmlElement, index: number): LifecycleRule {
  allowOnly(rule, ['ID', 'Status', 'Filter', 'Prefix', 'Expiration', 'AbortIncompleteMultipartUpload'])
  const status = childText(rule, 'Status')
  const expiration = child(rule, 'Expiration')
  const abort = child(rule, 'AbortIncompleteMultipartUpload')
  if ((status !== 'Enabled' && status !== 'Disabled') || (!expiration && !abort)) throw new S3Error('MalformedXML')
  if (expiration) allowOnly(expiration, ['Days'])
  return {
    id: childText(rule, 'ID') ?? `rule-${index + 1}`,
    isEnabled: status === 'Enabled',
    ...readFilter(rule),
    ...(expiration && { expireAfterDays: readDays(childText(expiration, 'Days')) }),
    ...(abort && { abortUploadsAfterDays: readDays(childText(abort, 'DaysAfterInitiation')) }),
  }
}

function readFilter(rule: XmlElement): Pick<LifecycleRule, 'prefix' | 'tags'> {
  const filter = child(rule, 'Filter')
  const terms = (filter && child(filter, 'And')) ?? filter ?? rule
  if (filter) allowOnly(filter, ['And', 'Prefix', 'Tag'])
  if (filter && terms !== filter) allowOnly(terms, ['Prefix', 'Tag'])
  const tags = terms.children.filter(({ name }) => name === 'Tag')
  return {
    prefix: childText(terms, 'Prefix') ?? '',
    tags: Object.fromEntries(tags.map((tag) => [childText(tag, 'Key') ?? '', childText(tag, 'Value') ?? ''])),
  }
}

function writeFilter(rule: LifecycleRule): string {
  const tags = Object.entries(rule.tags).map(([key, value]) => element('Tag', [text('Key', key), text('Value', value)]))
  const terms = [...(tags.length === 0 || rule.prefix !== '' ? [text('Prefix', rule.prefix)] : []), ...tags]
  return terms.length > 1 ? element('And', terms) : terms.join('')
}

function readDays(days: string | undefined): number {
  if (!days || !/^[1-9]\d{0,8}$/.test(days)) {
    throw new S3Error('InvalidArgument', { message: "'Days' must be a positive integer" })
  }
  return Number(days)
}

function allowOnly(parent: XmlElement, names: readonly string[]): void {
  const other = parent.children.find(({ name }) => !names.includes(name))
  if (other)
    throw new S3Error('NotImplemented', { message: `Lifecycle element ${other.name} is not implemented here.` })
}
