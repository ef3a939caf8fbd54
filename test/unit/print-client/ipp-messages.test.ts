import ipp from '@sealsystems/ipp'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Transient } from '#chassis/errors.ts'
import { decodeMessage } from '../../../services/print-client/outputs/ipp/decode-message.ts'
import { encodeMessage } from '../../../services/print-client/outputs/ipp/encode-message.ts'
import { attribute, groupTags, operations } from '../../../services/print-client/outputs/ipp/message.ts'

const request = {
  code: operations.printJob,
  requestId: 7,
  groups: [
    {
      tag: groupTags.operation,
      attributes: [
        attribute('attributes-charset', 'charset', 'utf-8'),
        attribute('attributes-natural-language', 'naturalLanguage', 'en'),
        attribute('printer-uri', 'uri', 'ipp://127.0.0.1:631/ipp/print'),
        attribute('job-name', 'name', 'job_1-Łódź'),
        attribute('ipp-attribute-fidelity', 'boolean', true),
        attribute('requested-attributes', 'keyword', 'job-id', 'job-state'),
      ],
    },
    {
      tag: groupTags.job,
      attributes: [
        attribute('copies', 'integer', 25),
        attribute('media-col', 'collection', [
          attribute('media-size', 'collection', [
            attribute('x-dimension', 'integer', 30_300),
            attribute('y-dimension', 'integer', 42_600),
          ]),
        ]),
      ],
    },
  ],
}

test('what the client asks is read by another library as it was meant', () => {
  expect(ipp.parse(encodeMessage(request))).toMatchObject({
    operation: 'Print-Job',
    id: 7,
    'operation-attributes-tag': {
      'attributes-charset': 'utf-8',
      'job-name': 'job_1-Łódź',
      'ipp-attribute-fidelity': true,
      'requested-attributes': ['job-id', 'job-state'],
    },
    'job-attributes-tag': {
      copies: 25,
      'media-col': { 'media-size': { 'x-dimension': 30_300, 'y-dimension': 42_600 } },
    },
  })
})

test('what the client writes it reads back', () => {
  expect(decodeMessage(encodeMessage(request))).toMatchObject({ code: request.code, requestId: 7 })
  expect(JSON.stringify(decodeMessage(encodeMessage(request)))).toBe(JSON.stringify(request))
})

test('bytes that are no answer are refused at once, however they were damaged', () => {
  const right = encodeMessage(request)
  const damaged = fc
    .array(fc.tuple(fc.nat(right.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 })
    .chain((changes) => fc.tuple(fc.constant(changes), fc.nat(right.length)))
    .map(([changes, length]) => {
      const bytes = Buffer.from(right.subarray(0, length))
      for (const [place, value] of changes) if (place < length) bytes[place] = value
      return bytes
    })
  fc.assert(
    fc.property(fc.oneof(damaged, fc.uint8Array({ maxLength: 300 }).map(Buffer.from)), (bytes) => {
      try {
        decodeMessage(bytes)
      } catch (error) {
        expect(error).toBeInstanceOf(Transient)
      }
    }),
    { numRuns: 20_000 },
  )
})

test('collections without an end are refused', () => {
  const member = [0x4a, 0, 0, 0, 1, 0x61, 0x34, 0, 0, 0, 0]
  const endless = Buffer.from([1, 1, 0, 0, 0, 0, 0, 1, 4, 0x34, 0, 1, 0x61, 0, 0, ...Array(5_000).fill(member).flat()])
  expect(() => decodeMessage(endless)).toThrow('collections have no end')
})
