export { createFactoriesRoom } from './factories.room.js'
export { factoryShape } from './factory.shape.js'
export { Factory } from './factory.type.js'
export type { FactoryCapacity, FactoryWish, OccupiedFactory } from './factory-capacity.service.js'
