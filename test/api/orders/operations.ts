export const QUOTE = /* GraphQL */ `
  query OrderQuote($input: CreateOrderInput!) {
    quote(input: $input) {
      subtotal { amount } rushFee { amount } total { amount currency } productionDays
      lines { title quantity unitPrice { amount } total { amount } warnings { kind dpi message } }
    }
  }`

export const CREATE = /* GraphQL */ `
  mutation OrderCreate($input: CreateOrderInput!) {
    createOrder(input: $input) {
      id number status allowedTransitions total { amount } subtotal { amount } rushFee { amount } note
      deliveryAddress { recipient country city } lastEventCursor
      lines { title productType quantity unitPrice { amount } total { amount } print { widthMm finish elements } }
    }
  }`

export const PAY = /* GraphQL */ `
  mutation OrderPay($input: PayOrderInput!) {
    payOrder(input: $input) { id status purpose amount { amount } confirmationUrl order { id status } }
  }`

export const ORDER = /* GraphQL */ `
  query OrderById($id: UUID!) {
    order(id: $id) {
      id number status allowedTransitions productionStage productionDeadline trackingNumber cancellationReason note paidAt
      customer { id displayName email } factory { id } deliveryAddress { recipient city }
      payments { status amount { amount } refunded { amount } refunds { status amount { amount } } }
      lines { title productType item { id } generation { id } files { id } }
      history { cursor type fromStatus toStatus productionStage note actor { id } }
      lastEventCursor
    }
  }`

export const ORDERS = /* GraphQL */ `
  query OrderList($filter: OrderFilter, $first: Int, $after: Cursor) {
    orders(filter: $filter, first: $first, after: $after) { nodes { id number } totalCount pageInfo { hasNextPage endCursor } }
  }`

export const CANCEL = /* GraphQL */ `
  mutation OrderCancel($id: UUID!, $reason: String, $refundAmount: SafeInt) {
    cancelOrder(id: $id, reason: $reason, refundAmount: $refundAmount) { id status cancellationReason allowedTransitions }
  }`

export const COMPLETE = /* GraphQL */ `
  mutation OrderComplete($id: UUID!) { completeOrder(id: $id) { id status } }`

export const ASSIGN = /* GraphQL */ `
  mutation OrderAssign($orderId: UUID!, $factoryId: UUID) {
    assignFactory(orderId: $orderId, factoryId: $factoryId) { id status productionStage factory { id currentLoad } }
  }`

export const ADVANCE = /* GraphQL */ `
  mutation OrderAdvance($orderId: UUID!, $stage: ProductionStage!, $note: String) {
    advanceProduction(orderId: $orderId, stage: $stage, note: $note) { id productionStage }
  }`

export const SHIP = /* GraphQL */ `
  mutation OrderShip($orderId: UUID!, $trackingNumber: String) {
    shipOrder(orderId: $orderId, trackingNumber: $trackingNumber) { id status trackingNumber factory { currentLoad } }
  }`

export const SET_DEADLINE = /* GraphQL */ `
  mutation OrderDeadline($orderId: UUID!, $deadline: DateTime!) {
    setProductionDeadline(orderId: $orderId, deadline: $deadline) { id productionDeadline }
  }`

export const ORDER_LIVE = /* GraphQL */ `
  subscription OrderLive($orderId: UUID!, $after: Cursor) {
    orderStatusChanged(orderId: $orderId, after: $after) { cursor type fromStatus toStatus order { id status } }
  }`

export const MY_ORDERS_LIVE = /* GraphQL */ `
  subscription MyOrdersLive($after: Cursor) {
    myOrdersChanged(after: $after) { cursor type toStatus order { id } }
  }`

interface Amount {
  readonly amount: number
}

export interface OrderView {
  readonly id: string
  readonly number: string
  readonly status: string
  readonly allowedTransitions: readonly string[]
  readonly productionStage: string | null
  readonly productionDeadline: string | null
  readonly trackingNumber: string | null
  readonly cancellationReason: string | null
  readonly note: string | null
  readonly paidAt: string | null
  readonly customer: { readonly id: string; readonly email: string | null }
  readonly factory: { readonly id: string } | null
  readonly deliveryAddress: { readonly recipient: string } | null
  readonly payments: readonly {
    readonly status: string
    readonly amount: Amount
    readonly refunded: Amount
    readonly refunds: readonly { readonly status: string; readonly amount: Amount }[]
  }[]
  readonly lines: readonly {
    readonly title: string
    readonly item: { readonly id: string } | null
    readonly generation: { readonly id: string } | null
    readonly files: readonly { readonly id: string }[]
  }[]
  readonly history: readonly {
    readonly cursor: string
    readonly type: string
    readonly fromStatus: string | null
    readonly toStatus: string
  }[]
  readonly lastEventCursor: string
}

export interface LiveEvent {
  readonly cursor: string
  readonly type: string
  readonly fromStatus: string | null
  readonly toStatus: string
  readonly order: { readonly id: string; readonly status: string }
}
