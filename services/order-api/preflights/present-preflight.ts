import type { PreflightAnswer, ProductFit } from '#contracts/messages/preflight-result.ts'
import type { Preflight as PublicPreflight } from '#contracts/order-api/preflight.ts'
import { presentFinding } from '../orders/present-finding.ts'
import type { Preflight } from './find-preflight.ts'
import { keptDays } from './limits.ts'

/** Gives a link to a stored object; `name` is how it is called when it is saved. */
export type LinkTo = (key: string, name: string) => Promise<string>

/** The preflight as the API shows it: snake_case, links instead of keys. */
export async function presentPreflight(
  preflight: Preflight,
  isTest: boolean,
  linkTo: LinkTo,
): Promise<PublicPreflight> {
  const { id, status, step, sku, facilityId, failure, answer, createdAt, completedAt } = preflight
  return {
    id,
    object: 'preflight',
    is_test: isTest,
    status,
    ...(status === 'running' ? { step } : {}),
    ...(failure === null ? {} : { failure }),
    ...(sku === null ? {} : { sku }),
    ...(facilityId === null ? {} : { facility_id: facilityId }),
    ...(answer
      ? await presentAnswer(answer, preflight, linkTo)
      : { findings: [], files: [], products: [], previews: [] }),
    created_at: createdAt,
    ...(completedAt === null ? {} : { completed_at: completedAt }),
    expires_at: new Date(Date.parse(createdAt) + keptDays * 86_400_000).toISOString(),
  }
}

async function presentAnswer(answer: PreflightAnswer, { sku, facilityId }: Preflight, linkTo: LinkTo) {
  const { outcome, pages, printedPages, findings, files, products, previews, reportKey } = answer
  return {
    ...(outcome === undefined ? {} : { outcome }),
    ...(pages === undefined ? {} : { pages }),
    ...(printedPages === undefined ? {} : { printed_pages: printedPages }),
    ...(sku === null || printedPages === undefined ? {} : { geometry_url: geometryUrl(sku, printedPages, facilityId) }),
    findings: findings.map(presentFinding),
    files: files.map(({ file, format, pages: count, ...size }) => ({
      ...{ file, format },
      ...(count === undefined ? {} : { pages: count }),
      ...(size.pageWidthMm === undefined ? {} : { page_width_mm: size.pageWidthMm }),
      ...(size.pageHeightMm === undefined ? {} : { page_height_mm: size.pageHeightMm }),
      ...(size.widthPx === undefined ? {} : { width_px: size.widthPx }),
      ...(size.heightPx === undefined ? {} : { height_px: size.heightPx }),
    })),
    products: products.map((fit) => presentFit(fit, fit.sku === sku ? facilityId : null)),
    previews: await Promise.all(
      previews.map(async ({ file, page, key, widthPx, heightPx }) => ({
        ...{ file, page, width_px: widthPx, height_px: heightPx },
        url: await linkTo(key, `${file.replace('/', '-')}-${page}.jpg`),
      })),
    ),
    ...(reportKey === undefined ? {} : { report_url: await linkTo(reportKey, 'preflight-report.json') }),
  }
}

function presentFit({ sku, gravest, codes, roles, pages, printedPages }: ProductFit, facilityId: string | null) {
  return {
    sku,
    eligible: gravest !== 'reject',
    severity: gravest ?? ('none' as const),
    codes,
    roles,
    ...(pages === undefined ? {} : { pages }),
    ...(printedPages === undefined
      ? {}
      : { printed_pages: printedPages, geometry_url: geometryUrl(sku, printedPages, facilityId) }),
  }
}

function geometryUrl(sku: string, printedPages: number, facilityId: string | null): string {
  const at = facilityId === null ? '' : `&facility=${facilityId}`
  return `/v1/catalogue/${sku}/geometry?pages=${printedPages}${at}`
}
