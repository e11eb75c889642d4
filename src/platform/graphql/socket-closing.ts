/** Close codes of ours. After either, clients connect again by themselves (graphql-ws does), and go on from their cursors. */
export const SocketClosing = {
  /** More waits for the client than a socket may hold, or nothing of it was taken for ten seconds. */
  tooSlow: [4413, 'You read too slowly. Connect again and go on from your cursors.'],
  /** Standard: try again later. */
  tooMany: [1013, 'Too many sockets are open for your account or address. Close some, or try again later.'],
} as const
