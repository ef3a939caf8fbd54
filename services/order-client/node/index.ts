export * from '../index.ts'
export { fileCache } from './file-cache.ts'
export { fileSource } from './file-source.ts'
export { fileSpool } from './file-spool.ts'
