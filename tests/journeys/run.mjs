// Walks every journey on the databases named, "sqlite" and "postgres", and writes one JSON line for each. Others may walk
// beside it: what one has taken, by a folder of that name in the folder named first, no other walks.
import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { install } from './installation.mjs';
import { KeyboardPerson } from './keyboard.mjs';
import { Person } from './person.mjs';
import { journeys as ofAccess } from './access.mjs';
import { journeys as ofAnswer } from './answer.mjs';
import { journeys as ofBackup } from './backup.mjs';
import { journeys as ofChildPlans } from './child_plan.mjs';
import { journeys as ofDeputy } from './deputy.mjs';
import { journeys as ofFirstRun } from './first_run.mjs';
import { journeys as ofKeys } from './keys.mjs';
import { journeys as ofLetters } from './letters.mjs';
import { journeys as ofMerger } from './merger.mjs';
import { journeys as ofPassing } from './passing.mjs';
import { journeys as ofNextYear } from './next_year.mjs';
import { journeys as ofOnSite } from './on_site.mjs';
import { journeys as ofPlan } from './plan.mjs';
import { journeys as ofPolicy } from './policy.mjs';
import { journeys as ofProgress } from './progress.mjs';
import { journeys as ofSourcePlan } from './source_plan.mjs';
import { journeys as ofStates } from './states.mjs';
import { journeys as ofTasks } from './tasks.mjs';
import { journeys as ofUpload } from './upload.mjs';
import { journeys as ofUrging } from './urging.mjs';

const only = process.env.LOA_JOURNEY ?? '';
const journeys = [ofPlan, ofStates, ofSourcePlan, ofAccess, ofKeys, ofPolicy, ofFirstRun, ofMerger, ofPassing, ofBackup, ofDeputy, ofUrging, ofTasks, ofChildPlans, ofNextYear, ofAnswer, ofLetters, ofUpload, ofOnSite, ofProgress]
  .flat().filter((journey) => journey.title.includes(only));

const results = process.env.LOA_JOURNEY_RESULTS;
const [taken, ...engines] = process.argv.slice(2);

function tell(name, state, started, detail = '') {
  const line = JSON.stringify({ name, state, seconds: (Date.now() - started) / 1000, detail });
  if (results) appendFileSync(results, line + '\n');
  console.log(`${state.toUpperCase()}  ${name}${detail ? '\n' + detail : ''}`);
}

const profile = mkdtempSync(join(tmpdir(), 'loa-chromium-'));
let browser; // once there is something to walk
// The same browser without the windows, which it would draw for nobody: half of a story's time.
const launch = () => chromium.launch({
  executablePath: '/usr/bin/chromium-headless-shell',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-dev-shm-usage', `--crash-dumps-dir=${profile}`],
});

/** Whether it is ours to walk. */
function take(engine, number) {
  try {
    mkdirSync(join(taken, `${engine}-${number}`));
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** One journey in an installation of its own; says whether it was not failed. */
async function walk(journey, engine) {
  const name = `${journey.title} (${engine})`;
  const started = Date.now();
  if (journey.skip) {
    tell(name, 'skipped', started, journey.skip);
    return true;
  }
  const people = [];
  let installation;
  try {
    browser ??= await launch();
    installation = await install(engine, journey);
    const house = {
      engine,
      installation,
      // Pictures and axe once per page, on SQLite; PostgreSQL repeats the steps.
      examines: engine === 'sqlite',
      /** Every address that anyone of this journey has been at. */
      visited: () => [...new Set(people.flatMap((person) => [...person.visited]))],
      /** One at a browser; by the keys alone in a journey that says so. */
      async person(signInName, { script = true, password = installation.password, phone = false, at = installation } = {}) {
        const Kind = journey.byKeyboard ? KeyboardPerson : Person;
        const person = new Kind(browser, at, signInName, { script, phone });
        people.push(person);
        return signInName ? person.signIn(password) : person.open();
      },
    };
    await journey.walk(house);
    const faults = people.flatMap((person) => person.faults);
    if (faults.length > 0) throw new Error(`what no page may do:\n${faults.join('\n')}`);
    tell(name, 'passed', started);
    return true;
  } catch (error) {
    tell(name, 'failed', started, `${error.stack ?? error}\n${installation?.log() ?? ''}`.slice(-4000));
    return false;
  } finally {
    for (const person of people) await person.close().catch(() => {});
    await installation?.stop();
  }
}

let failed = 0;
for (const engine of engines)
  for (const [number, journey] of journeys.entries())
    if (take(engine, number) && !await walk(journey, engine)) ++failed;
await browser?.close();
rmSync(profile, { recursive: true, force: true });
process.exit(failed ? 1 : 0);
