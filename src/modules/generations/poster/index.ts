export { drawPoster, type PosterRequest } from './draw-poster.js'
