/** @file Opens a library for writing, writes a row, says so, and holds on to it until it is killed. */

import { openForWriting } from '../../app/db/open.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: hold-library.ts FOLDER');

const { db } = openForWriting(folder);
db.run("INSERT OR REPLACE INTO setting (name, value) VALUES ('held', '1')");
console.log('holding');
setInterval(() => undefined, 60_000);
