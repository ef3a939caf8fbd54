import { type Static, Type } from 'typebox'
import { FacilityHeartbeat } from './facility-heartbeat.ts'
import { FacilityStatus } from './facility-status.ts'
import { PreflightResult } from './preflight-result.ts'
import { ProcessReport } from './process-report.ts'
import { ProofResult } from './proof-result.ts'
import { ThumbnailResult } from './thumbnail-result.ts'

/** Whatever may arrive on the status queue. */
export const StatusMessage = Type.Union([
  ProcessReport,
  PreflightResult,
  ThumbnailResult,
  ProofResult,
  FacilityStatus,
  FacilityHeartbeat,
])
export type StatusMessage = Static<typeof StatusMessage>
