/** What a contract is published as. Each is absent where nothing tells it. */
export interface BuildInfo {
  readonly version?: string
  readonly branch?: string
  readonly buildUrl?: string
}

type Env = Readonly<Record<string, string | undefined>>

/** Runs git with arguments and gives back its trimmed output; undefined where there is no git or no repository. */
export type Git = (...args: string[]) => string | undefined

/** Commit variables of GitHub, GitLab, Bitbucket, CircleCI, Travis, Azure, Buildkite, Drone, AppVeyor, Jenkins. */
const COMMITS = [
  'GITHUB_SHA',
  'CI_COMMIT_SHA',
  'BITBUCKET_COMMIT',
  'CIRCLE_SHA1',
  'TRAVIS_COMMIT',
  'BUILD_SOURCEVERSION',
  'BUILDKITE_COMMIT',
  'DRONE_COMMIT_SHA',
  'APPVEYOR_REPO_COMMIT',
  'GIT_COMMIT',
]

/** Branch variables of the same; those of a pull request's own branch come first. */
const BRANCHES = [
  'GITHUB_HEAD_REF',
  'CI_MERGE_REQUEST_SOURCE_BRANCH_NAME',
  'SYSTEM_PULLREQUEST_SOURCEBRANCH',
  'TRAVIS_PULL_REQUEST_BRANCH',
  'CHANGE_BRANCH',
  'CI_COMMIT_BRANCH',
  'BITBUCKET_BRANCH',
  'CIRCLE_BRANCH',
  'TRAVIS_BRANCH',
  'BUILD_SOURCEBRANCH',
  'BUILDKITE_BRANCH',
  'DRONE_SOURCE_BRANCH',
  'DRONE_BRANCH',
  'APPVEYOR_REPO_BRANCH',
  'GIT_BRANCH',
  'BRANCH_NAME',
]

/** Some services call a tag a branch in the build of one. */
const TAGS = ['BUILDKITE_TAG', 'TRAVIS_TAG', 'APPVEYOR_REPO_TAG_NAME', 'TAG_NAME']

const BUILD_URLS = [
  'CI_JOB_URL',
  'CIRCLE_BUILD_URL',
  'TRAVIS_BUILD_WEB_URL',
  'BUILDKITE_BUILD_URL',
  'DRONE_BUILD_LINK',
  'BUILD_URL',
]

/** Version, branch and build address from the variables of the usual CI services, else from git. */
export function readBuildInfo(env: Env, git: Git): BuildInfo {
  const version = first(env, COMMITS) ?? git('rev-parse', 'HEAD')
  const branch = branchOf(env) ?? localBranch(git)
  const buildUrl = first(env, BUILD_URLS) ?? composedUrl(env)
  return { ...(version ? { version } : {}), ...(branch ? { branch } : {}), ...(buildUrl ? { buildUrl } : {}) }
}

/** Buildkite says HEAD until it has looked which commit that is. */
const first = (env: Env, names: readonly string[]): string | undefined =>
  names.map((name) => env[name]?.trim()).find((value) => value && value !== 'HEAD')

function branchOf(env: Env): string | undefined {
  const named = env.GITHUB_REF_TYPE === 'branch' ? env.GITHUB_REF_NAME : undefined
  const branch = first(env, BRANCHES.slice(0, 5)) ?? (named || first(env, BRANCHES.slice(5)))
  // What is merged for a pull request is no branch either.
  if (branch === undefined || /^refs\/(tags|pull)\//.test(branch)) return undefined
  if (TAGS.some((name) => env[name]?.trim() === branch)) return undefined
  return branch.replace(/^refs\/heads\//, '').replace(/^origin\//, '')
}

/** A checkout of a commit has no branch, and calls it HEAD. */
function localBranch(git: Git): string | undefined {
  const branch = git('rev-parse', '--abbrev-ref', 'HEAD')
  return branch === 'HEAD' ? undefined : branch
}

function composedUrl(env: Env): string | undefined {
  if (env.GITHUB_SERVER_URL && env.GITHUB_REPOSITORY && env.GITHUB_RUN_ID) {
    return `${env.GITHUB_SERVER_URL}/${env.GITHUB_REPOSITORY}/actions/runs/${env.GITHUB_RUN_ID}`
  }
  if (env.SYSTEM_COLLECTIONURI && env.SYSTEM_TEAMPROJECT && env.BUILD_BUILDID) {
    return `${env.SYSTEM_COLLECTIONURI}${env.SYSTEM_TEAMPROJECT}/_build/results?buildId=${env.BUILD_BUILDID}`
  }
  if (env.BITBUCKET_GIT_HTTP_ORIGIN && env.BITBUCKET_BUILD_NUMBER) {
    return `${env.BITBUCKET_GIT_HTTP_ORIGIN}/pipelines/results/${env.BITBUCKET_BUILD_NUMBER}`
  }
  return undefined
}
