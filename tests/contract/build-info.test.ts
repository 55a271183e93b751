import t from 'tap'
import { readBuildInfo } from '../../src/contract/build-info.js'

const git = (...args: string[]): string => (args.includes('--abbrev-ref') ? 'local' : 'abc')

void t.test('variables of CI services before git', async (t) => {
  const cases: [string, Record<string, string>, object][] = [
    ['nothing but git', {}, { version: 'abc', branch: 'local' }],
    [
      'GitHub, a push',
      {
        GITHUB_SHA: 'g1',
        GITHUB_REF_TYPE: 'branch',
        GITHUB_REF_NAME: 'feat/x',
        GITHUB_SERVER_URL: 'https://g.example',
        GITHUB_REPOSITORY: 'a/b',
        GITHUB_RUN_ID: '7',
      },
      { version: 'g1', branch: 'feat/x', buildUrl: 'https://g.example/a/b/actions/runs/7' },
    ],
    [
      'GitHub, a pull request',
      { GITHUB_SHA: 'g1', GITHUB_REF_TYPE: 'branch', GITHUB_REF_NAME: '7/merge', GITHUB_HEAD_REF: 'mine' },
      { version: 'g1', branch: 'mine' },
    ],
    [
      'GitLab',
      { CI_COMMIT_SHA: 'l1', CI_COMMIT_BRANCH: 'main', CI_JOB_URL: 'https://l.example/1' },
      { version: 'l1', branch: 'main', buildUrl: 'https://l.example/1' },
    ],
    [
      'Azure',
      { BUILD_SOURCEVERSION: 'z1', BUILD_SOURCEBRANCH: 'refs/heads/main' },
      { version: 'z1', branch: 'main' },
    ],
    [
      'Azure, a pull request of which it tells no branch',
      { BUILD_SOURCEVERSION: 'z1', BUILD_SOURCEBRANCH: 'refs/pull/7/merge' },
      { version: 'z1', branch: 'local' },
    ],
    [
      'Jenkins, several branches',
      { GIT_COMMIT: 'j1', BRANCH_NAME: 'feat/x', BUILD_URL: 'https://j.example/1/' },
      { version: 'j1', branch: 'feat/x', buildUrl: 'https://j.example/1/' },
    ],
    [
      'Buildkite, a tag, before it knows the commit',
      { BUILDKITE_COMMIT: 'HEAD', BUILDKITE_BRANCH: 'v1.0', BUILDKITE_TAG: 'v1.0' },
      { version: 'abc', branch: 'local' },
    ],
    [
      'Jenkins',
      { GIT_COMMIT: 'j1', GIT_BRANCH: 'origin/main', BUILD_URL: 'https://j.example/1/' },
      { version: 'j1', branch: 'main', buildUrl: 'https://j.example/1/' },
    ],
    ['an empty variable', { GITHUB_SHA: '' }, { version: 'abc', branch: 'local' }],
  ]
  for (const [name, env, expected] of cases) t.strictSame(readBuildInfo(env, git), expected, name)
})

void t.test('no git, and a checkout without a branch', async (t) => {
  t.strictSame(
    readBuildInfo({}, () => undefined),
    {},
  )
  t.strictSame(
    readBuildInfo({}, (...args) => (args.includes('--abbrev-ref') ? 'HEAD' : 'abc')),
    { version: 'abc' },
  )
})
