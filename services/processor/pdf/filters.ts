import { ascii85, asciiHex } from './filter-ascii.ts'
import { inflated } from './filter-flate.ts'
import { lzw } from './filter-lzw.ts'
import { unpredicted } from './filter-predictor.ts'
import { runLength } from './filter-run-length.ts'
import { PdfFault } from './pdf-file.ts'
import { type PdfDict, PdfName, type PdfValue } from './values.ts'

const mostFilters = 16

type Filter = (data: Buffer, parameter: (name: string, otherwise: number) => number, mostBytes: number) => Buffer

const flate: Filter = (data, parameter, mostBytes) => unpredicted(inflated(data, mostBytes), parameter)
const lzwFilter: Filter = (data, parameter, mostBytes) =>
  unpredicted(lzw(data, parameter('EarlyChange', 1) !== 0, mostBytes), parameter)

const filters = new Map<string, Filter>([
  ['FlateDecode', flate],
  ['Fl', flate],
  ['LZWDecode', lzwFilter],
  ['LZW', lzwFilter],
  ['ASCII85Decode', (data, _, mostBytes) => ascii85(data, mostBytes)],
  ['A85', (data, _, mostBytes) => ascii85(data, mostBytes)],
  ['ASCIIHexDecode', (data) => asciiHex(data)],
  ['AHx', (data) => asciiHex(data)],
  ['RunLengthDecode', (data, _, mostBytes) => runLength(data, mostBytes)],
  ['RL', (data, _, mostBytes) => runLength(data, mostBytes)],
  ['Crypt', (data) => data],
])

/** Undoes the filters of a stream up to the first that makes a picture; damaged data give what could be read. */
export function decodeStream(
  stored: Buffer,
  dict: PdfDict,
  mostBytes: number,
  resolve: (value: PdfValue | undefined) => PdfValue | undefined,
): Buffer {
  const names = listed(resolve(dict.get('Filter')))
  const parameters = listed(resolve(dict.get('DecodeParms') ?? dict.get('DP')))
  if (names.length > mostFilters) throw new PdfFault('RESOURCE_LIMIT', `a stream has ${names.length} filters`)
  let data = stored
  for (const [index, item] of names.entries()) {
    const name = resolve(item)
    const filter = name instanceof PdfName ? filters.get(name.text) : undefined
    if (filter === undefined) return data
    const own = resolve(parameters[index])
    data = filter(data, parameterOf(own instanceof Map ? own : undefined, resolve), mostBytes)
    if (data.length > mostBytes) {
      throw new PdfFault('RESOURCE_LIMIT', `a stream unpacks to more than ${mostBytes} bytes`)
    }
  }
  return data
}

const listed = (value: PdfValue | undefined): readonly PdfValue[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]

const parameterOf =
  (dict: PdfDict | undefined, resolve: (value: PdfValue | undefined) => PdfValue | undefined) =>
  (name: string, otherwise: number): number => {
    const value = resolve(dict?.get(name))
    return typeof value === 'number' && Number.isInteger(value) ? value : otherwise
  }
