import type { ExampleTab } from '../platform/http/graphiql-page.js'

const headers = JSON.stringify({ authorization: 'Bearer {{customer.token.accessToken}}' }, null, 2)
const variables = (values: Record<string, unknown>): string => JSON.stringify(values, null, 2)

/** The chat of the story's order: what is said, shown, changed and typed there. */
export const graphiqlChatExamples: readonly ExampleTab[] = [
  {
    query: `# The chat of an order, live: messages, and again those
# that are edited or deleted, under the same id. Leave
# it running in a second window.
subscription Chat($orderId: UUID!) {
  chatMessageAdded(orderId: $orderId) {
    id
    cursor
    senderRole
    sender { displayName }
    body
    editedAt
    deletedAt
    attachments { fileName url }
  }
}`,
    variables: variables({ orderId: '{{createOrder.id}}' }),
    headers,
  },
  {
    query: `# A place to send a file to. Send it from a shell:
#   curl -T brief.pdf -H 'content-type: application/pdf'
#     'uploadUrl'
# byteSize is its exact size (wc -c). Then asset.id goes
# into SendMessageInput.attachmentIds.
mutation Upload($byteSize: Int!) {
  createUpload(
    purpose: CHAT_ATTACHMENT
    fileName: "brief.pdf"
    contentType: "application/pdf"
    byteSize: $byteSize
  ) {
    asset { id fileName }
    method
    uploadUrl
    headers
    expiresAt
  }
}`,
    variables: variables({ byteSize: 1024 }),
    headers,
  },
  {
    query: `# Something to change in the next tabs.
mutation Write($input: SendMessageInput!) {
  sendMessage(input: $input) { id body cursor }
}`,
    variables: variables({ input: { orderId: '{{createOrder.id}}', body: 'Превет!' } }),
    headers,
  },
  {
    query: `# For 15 minutes it can be put right.
mutation Edit($id: UUID!, $body: String!) {
  editMessage(id: $id, body: $body) { body editedAt }
}`,
    variables: variables({ id: '{{sendMessage.id}}', body: 'Привет!' }),
    headers,
  },
  {
    query: `# Or be taken back: its place stays.
mutation TakeBack($id: UUID!) {
  deleteMessage(id: $id) { id body deletedAt }
}`,
    variables: variables({ id: '{{sendMessage.id}}' }),
    headers,
  },
  {
    query: `# Who is typing? Run this in a second window as somebody
# else (the factory: see Headers), then the next tab.
subscription Typing($orderId: UUID!) {
  chatTyping(orderId: $orderId) {
    user { displayName }
    isTyping
  }
}`,
    variables: variables({ orderId: '{{createOrder.id}}' }),
    headers: headers.replace('customer', 'factory'),
  },
  {
    query: `# Again every few seconds while typing: who says nothing
# for six has stopped.
mutation IAmTyping($orderId: UUID!) {
  setTyping(orderId: $orderId, isTyping: true)
}`,
    variables: variables({ orderId: '{{createOrder.id}}' }),
    headers,
  },
]
