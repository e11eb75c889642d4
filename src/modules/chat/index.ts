export { type ChatDeps, createChatRoom } from './chat.room.js'
export { messageShape } from './chat-message.shape.js'
export { ChatMessage, ChatMessageConnection } from './chat-message.type.js'
export { chatStream } from './chat-stream.js'
