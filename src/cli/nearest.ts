export { didYouMean, nearest } from '../operation/nearest.js'
