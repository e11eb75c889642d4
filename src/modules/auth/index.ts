export { type AuthRoom, createAuthRoom } from './auth.room.js'
export { PasswordHasher, type PasswordRecord } from './password-hasher.js'
