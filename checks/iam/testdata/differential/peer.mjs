// Answers evaluation cases with @cloud-copilot/iam-simulate.
//   node peer.mjs decide < cases.jsonl   one decision a line
//   node peer.mjs bench  < cases.jsonl   decisions a second, on one thread
import { readFileSync } from 'node:fs'
import { runUnsafeSimulation } from '@cloud-copilot/iam-simulate'

const account = (arn) => arn.split(':')[4] || '111122223333'
const named = (documents) => (documents ?? []).map((policy, i) => ({ name: String(i), policy }))
const levels = (list) => (list ?? []).map((level, i) => ({ orgIdentifier: String(i), policies: named(level) }))

// AWS attaches this one to every level; the unchecked entry point leaves it to the caller.
const everything = { Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' } }

function simulation(c) {
  return {
    identityPolicies: named(c.identityPolicies),
    serviceControlPolicies: levels(c.scps),
    resourceControlPolicies: levels((c.rcps ?? []).map((level) => [everything, ...level])),
    permissionBoundaryPolicies: c.permissionBoundaries ? named(c.permissionBoundaries) : undefined,
    request: {
      action: c.request.action,
      principal: c.request.principal,
      resource: { resource: c.request.resource, accountId: c.request.resourceAccount ?? account(c.request.principal) },
      contextVariables: c.request.context ?? {}
    }
  }
}

function decide(s) {
  try {
    return runUnsafeSimulation(s, {})
  } catch (error) {
    return 'error: ' + error.message
  }
}

const text = readFileSync(0, 'utf8').trim()
const simulations = text.split('\n').map((line) => simulation(JSON.parse(line)))
if (process.argv[2] === 'bench') {
  const until = (ms) => {
    const start = process.hrtime.bigint()
    let n = 0
    while (process.hrtime.bigint() - start < BigInt(ms) * 1000000n) {
      for (const s of simulations) decide(s)
      n += simulations.length
    }
    return n / (Number(process.hrtime.bigint() - start) / 1e9)
  }
  until(2000) // the compiler's warm-up
  console.log(until(3000).toFixed(0))
} else {
  console.log(simulations.map(decide).join('\n'))
}
