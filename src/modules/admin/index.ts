export { createAdminRoom } from './admin.room.js'
