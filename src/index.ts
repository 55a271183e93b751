export {
  createStandin,
  type ActiveOverride,
  type ControlAccess,
  type Override,
  type Standin,
  type StandinOptions,
  type StandinSession,
} from './standin.js'
