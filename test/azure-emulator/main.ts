/** @file `npm run emulator`: the emulator for a person, with everything needed to point Cutline at it. */

import { parseArgs } from 'node:util';
import { faultNames, type FaultName } from './faults.ts';
import { servers, serverNames } from './servers/list.ts';
import type { ServerName } from './servers/traits.ts';
import { defaultDeployments } from './personas.ts';
import { startEmulator, type Emulator } from './server.ts';

const usage = `usage: npm run emulator -- [--persona NAME] [--port N] [--latency MS] [--faults NAME=SHARE,…] [--seed N]

  --persona NAME a server alone, at its usual port: ${serverNames.join(', ')}
                 (default: Azure OpenAI, with a plain /v1 beside it)
  --port N       default: any free port
  --latency MS   wait before every answer
  --faults …     share of the requests, 0 to 1, that meet a fault: --faults rate-limited-ms=0.1,server-error=0.05
  --seed N       which requests meet them; default 1

faults: ${faultNames.join(', ')}`;

type Settings = {
  readonly persona: ServerName | undefined;
  readonly port: number;
  readonly latencyMs: number;
  readonly seed: number;
  readonly rates: Partial<Record<FaultName, number>>;
};

function readSettings(): Settings {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: {
      persona: text,
      port: text,
      latency: text,
      faults: text,
      seed: text,
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true) {
    console.log(usage);
    process.exit(0);
  }
  const persona = serverNames.find((name) => name === values.persona);
  if (values.persona !== undefined && persona === undefined) {
    throw new Error(`There is no persona "${values.persona}".`);
  }
  const usualPort = persona === undefined ? 0 : servers[persona].usualPort;
  return {
    persona,
    port: readNumber('--port', values.port ?? String(usualPort), 65_535),
    latencyMs: readNumber('--latency', values.latency ?? '0', 3_600_000),
    seed: readNumber('--seed', values.seed ?? '1', 2 ** 32 - 1),
    rates: readRates(values.faults),
  };
}

function readRates(text: string | undefined): Partial<Record<FaultName, number>> {
  const rates: Partial<Record<FaultName, number>> = {};
  for (const pair of text?.split(',') ?? []) {
    const [given, share] = pair.split('=');
    const name = faultNames.find((one) => one === given?.trim());
    if (name === undefined) throw new Error(`There is no fault "${given}".`);
    rates[name] = readNumber(`--faults ${name}`, share ?? '', 1);
  }
  return rates;
}

function readNumber(name: string, text: string, max: number): number {
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value) || value < 0 || value > max) {
    throw new Error(`${name} takes a number from 0 to ${max}, not "${text}".`);
  }
  return value;
}

function introduce(emulator: Emulator): string {
  const names = defaultDeployments.map(({ name, persona }) => `  ${name.padEnd(14)}${persona.model}`);
  return `An emulator of Azure OpenAI, for tests. It sees colours and shapes, and costs nothing.

endpoint        ${emulator.endpoint}
key             ${emulator.key}
Entra token     ${emulator.entraToken}
OpenAI base     ${emulator.compatibleBaseUrl}   (no key)

deployments
${names.join('\n')}

try, in another terminal:
  AZURE_OPENAI_ENDPOINT=${emulator.endpoint} AZURE_OPENAI_API_KEY=${emulator.key} \\
  AZURE_OPENAI_DEPLOYMENT=gpt-41 OPENAI_API_VERSION=2024-10-21 \\
  npm run cutline -- describe ~/Pictures --connection azure-openai --yes

faults, for --faults NAME=SHARE,…
  ${faultNames.join('\n  ')}

Ctrl-C stops it.`;
}

function introduceServer(emulator: Emulator, persona: ServerName): string {
  const { deployments } = servers[persona];
  const names = deployments.map(
    ({ name, persona: model }) => `  ${name}${model.sizeRule === undefined ? '' : '   (sees pictures)'}`,
  );
  const seeing = deployments.find(({ persona: model }) => model.sizeRule !== undefined)?.name ?? '';
  const key = persona === 'openai' ? `OPENAI_API_KEY=${emulator.key} ` : '';
  return `An emulator of ${persona}, for tests. It sees colours and shapes, and costs nothing.

base URL        ${emulator.compatibleBaseUrl}

models
${names.join('\n')}

try, in another terminal:
  npm run cutline -- connections discover${persona === 'openai' ? '' : ` --port ${emulator.port}`}
  ${key}OPENAI_BASE_URL=${emulator.compatibleBaseUrl} \\
  npm run cutline -- describe ~/Pictures --connection openai-compatible --model '${seeing}' --yes

Ctrl-C stops it.`;
}

async function main(): Promise<void> {
  const { persona, port, latencyMs, seed, rates } = readSettings();
  const emulator = await startEmulator({
    port,
    latencyMs,
    ...(persona !== undefined && { server: persona }),
  });
  if (Object.keys(rates).length > 0) emulator.faults.random({ seed, rates });
  console.log(persona === undefined ? introduce(emulator) : introduceServer(emulator, persona));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      console.log(`\n${JSON.stringify(emulator.totals())}`);
      void emulator.close();
    });
  }
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  console.error(usage.split('\n')[0]);
  process.exitCode = 2;
});
