// The size gate: how much the browser fetches before the desk can be used.

import { chunks, kb, sizes, table } from "./first_load.mjs";

const GATE = 200 * 1024;
const GOAL = 150 * 1024;

const measured = sizes(process.argv[2]);
console.log(table(measured));
for (const { name, gzip } of chunks(process.argv[2])) {
  console.log(`  ${name.padEnd(44)} gzip ${kb(gzip)} when first needed, ${kb(measured.gzip + gzip)} with the first load`);
}
if (measured.gzip > GATE) {
  console.error(`size: FAILED: first load is ${kb(measured.gzip)} gzip, the gate is ${kb(GATE)}`);
  process.exit(1);
}
const remark = measured.gzip > GOAL ? `WARNING: above the goal of ${kb(GOAL)}` : `within the goal of ${kb(GOAL)}`;
console.log(`size: first load ${kb(measured.gzip)} gzip, ${remark}`);
