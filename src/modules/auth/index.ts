export { type AuthRoom, createAuthRoom } from './auth.room.js'
export { PasswordHasher, type PasswordRecord } from './passwords/password-hasher.js'
