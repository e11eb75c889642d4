import { graphql } from '../generated/index.js'

export const SIGN_IN = graphql(/* GraphQL */ `
  mutation StorySignIn($input: LoginInput!) {
    login(input: $input) { user { id displayName role } token { accessToken } }
  }`)

export const DRAW = graphql(/* GraphQL */ `
  mutation StoryDraw($input: CreateGenerationInput!) {
    createGeneration(input: $input) { id status }
  }`)

export const WATCH_DRAWING = graphql(/* GraphQL */ `
  subscription StoryWatchDrawing($id: UUID!) {
    generationUpdated(id: $id) { id status progress failure images { id url width height byteSize contentType } }
  }`)

export const QUOTE = graphql(/* GraphQL */ `
  query StoryQuote($input: CreateOrderInput!) {
    quote(input: $input) {
      lines { quantity unitPrice { formatted } warnings { message } }
      rushFee { formatted } total { amount formatted } productionDays
    }
  }`)

export const ORDER = graphql(/* GraphQL */ `
  mutation StoryOrder($input: CreateOrderInput!) {
    createOrder(input: $input) {
      id number status total { amount formatted } lastEventCursor lastMessageCursor
    }
  }`)

export const FOLLOW_ORDER = graphql(/* GraphQL */ `
  subscription StoryFollowOrder($orderId: UUID!, $after: Cursor) {
    orderStatusChanged(orderId: $orderId, after: $after) {
      cursor type fromStatus toStatus productionStage note actor { displayName }
      order { id trackingNumber factory { id name } }
    }
  }`)

export const FOLLOW_CHAT = graphql(/* GraphQL */ `
  subscription StoryFollowChat($orderId: UUID!, $after: Cursor) {
    chatMessageAdded(orderId: $orderId, after: $after) { id cursor body senderRole sender { displayName } }
  }`)

export const PAY = graphql(/* GraphQL */ `
  mutation StoryPay($input: PayOrderInput!) {
    payOrder(input: $input) { id status amount { formatted } confirmationUrl }
  }`)

export const WORK_AT = graphql(/* GraphQL */ `
  query StoryWorkAt($id: UUID!) {
    order(id: $id) { id number status note factory { id name location } productionDeadline lines { files { id } } }
  }`)

export const ADVANCE = graphql(/* GraphQL */ `
  mutation StoryAdvance($orderId: UUID!, $stage: ProductionStage!, $note: String) {
    advanceProduction(orderId: $orderId, stage: $stage, note: $note) { id productionStage }
  }`)

export const SHIP = graphql(/* GraphQL */ `
  mutation StoryShip($orderId: UUID!, $trackingNumber: String!) {
    shipOrder(orderId: $orderId, trackingNumber: $trackingNumber) { id status trackingNumber }
  }`)

export const SAY = graphql(/* GraphQL */ `
  mutation StorySay($input: SendMessageInput!) {
    sendMessage(input: $input) { id }
  }`)

export const RECEIVE = graphql(/* GraphQL */ `
  mutation StoryReceive($id: UUID!) {
    completeOrder(id: $id) { id status }
  }`)

export const REVIEW = graphql(/* GraphQL */ `
  mutation StoryReview($orderId: UUID!, $rating: Int!, $comment: String) {
    reviewOrder(orderId: $orderId, rating: $rating, comment: $comment) { id rating comment }
  }`)

export const LOOK_BACK = graphql(/* GraphQL */ `
  query StoryLookBack($id: UUID!) {
    order(id: $id) {
      id number status paidAt trackingNumber factory { id name }
      payments { id provider status amount { formatted } }
      history { cursor type toStatus }
      messages(last: 10) { totalCount }
      review { id rating comment }
    }
  }`)
