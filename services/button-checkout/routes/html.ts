/** Pages as the routes send them. */
export {
  type MessageKind,
  renderCheckoutPage as checkoutPage,
  renderMessagePage as messagePage,
} from '../pages/render.ts'
