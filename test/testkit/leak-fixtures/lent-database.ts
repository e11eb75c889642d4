import type { TestProject } from 'vitest/node'

import '../global-setup.js'

export function setup(project: TestProject): void {
  project.provide('templateUrl', process.env.LENT_TEMPLATE_URL ?? '')
  project.provide('redisUrl', null)
}
