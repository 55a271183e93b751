import type { ApiModule } from '../apis/api-module.js'
import type { ApiDescription } from '../operation/description.js'

/** The API that comes with Standin, for when no source is given. */
export async function bundledApi(): Promise<ApiModule> {
  const { onboarding } = await import('../apis/onboarding/index.js')
  return onboarding
}

/** What sources document, as an API: pages say what is answered, not what is remembered. */
export const documentedApi = (description: ApiDescription): ApiModule => ({
  name: description.title,
  description,
  behaviours: () => ({}),
  seed: async () => ({}),
})
