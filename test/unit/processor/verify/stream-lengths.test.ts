import { expect, test } from 'vitest'
import { memoryBytes } from '../../../../services/processor/pdf/byte-sources.ts'
import { rawObjects } from '../../../../services/processor/verify/raw-objects.ts'
import { createLengthCheck } from '../../../../services/processor/verify/stream-lengths.ts'

function faultsOf(text: string, from = 0): readonly string[] {
  const bytes = memoryBytes(Buffer.from(text, 'latin1'))
  const check = createLengthCheck(bytes, from)
  for (const object of rawObjects(bytes)) check.see(object)
  return check.faults()
}

const stream = (number: number, length: number | string, data: string): string =>
  `${number} 0 obj\n<< /Length ${length} >>\nstream\n${data}\nendstream\nendobj\n`

test('a stream that ends where its length says is let pass, also when its data look like objects', () => {
  const inner = stream(9, 1, 'drawn as text')
  expect(faultsOf(`%PDF-1.7\n${stream(4, 5, 'abcde')}${stream(5, inner.length, inner)}`)).toEqual([])
})

test.each([3, 9, '7 0 R', '', -1])('a stream whose length is wrong (%s) is refused', (length) => {
  expect(faultsOf(`%PDF-1.7\n${stream(4, length, 'abcde')}`)).toEqual([
    'object 4: /Length does not lead to the end of the stream',
  ])
})

test('a slip in the bytes of a continued source is its own; in what we appended it is ours', () => {
  const source = `%PDF-1.7\n${stream(4, 3, 'abcde')}`
  expect(faultsOf(source + stream(5, 2, 'ab'), source.length)).toEqual([])
  expect(faultsOf(source + stream(5, 1, 'ab'), source.length)).toHaveLength(1)
})
