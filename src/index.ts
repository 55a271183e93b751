export { createStandin, type Standin, type StandinOptions } from './standin.js'
