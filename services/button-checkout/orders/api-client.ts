import type { ButtonCheckoutEnvironment } from '#contracts/environment.ts'
import { type ClientOptions, createClient, type PrintcloudClient } from '../../order-client/client.ts'

export type ApiConfig = Pick<ButtonCheckoutEnvironment, 'ORDER_API_URL' | 'ORDER_API_LIVE_KEY' | 'ORDER_API_TEST_KEY'>
type Wish = Pick<ClientOptions, 'account' | 'retries' | 'timeoutMilliseconds'>

/** A client of one world of order-api, by the platform's own key, which may act for any account. */
export const apiClient = (config: ApiConfig, isTest: boolean, wish: Wish = {}): PrintcloudClient =>
  createClient({
    baseUrl: config.ORDER_API_URL,
    apiKey: isTest ? config.ORDER_API_TEST_KEY : config.ORDER_API_LIVE_KEY,
    ...wish,
  })
