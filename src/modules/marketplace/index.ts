export { ColorProfile } from './color-profile.js'
export { PrintSpecsInput } from './print-specs.input.js'
export { PrintSpecs } from './print-specs.type.js'
export { ProductType } from './product-type.js'
