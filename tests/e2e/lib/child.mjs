// Child processes: started with a log file of their own, known to be ready by a line that they print, ended with us.

import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { LOGS } from './places.mjs';

/** Lines of a child's output that are kept for a failure's report. */
const KEPT_LINES = 60;
/** How long a child may take to end by itself, in milliseconds. */
const GRACE = 10_000;

const running = new Set();
let counter = 0;

process.on('exit', () => running.forEach(child => child.kill('SIGKILL')));
for (const signal of ['SIGINT', 'SIGTERM']) {
	process.on(signal, () => process.exit(1));
}

/** A running program. */
export class Child {
	/**
	 * Starts a program and waits until it prints a line that matches `ready`.
	 *
	 * @param {string} name for messages and the log file
	 * @param {string} command path of the program
	 * @param {string[]} args its arguments
	 * @param {RegExp} ready what it prints when it is ready
	 * @param {number} seconds how long that may take
	 * @returns {Promise<{child: Child, match: RegExpMatchArray}>} the child, and what `ready` found
	 */
	static async start(name, command, args, ready, seconds = 60) {
		const child = new Child(name, command, args);
		return { child, match: await child.said(ready, seconds) };
	}

	#process;
	#ended;
	#lines = [];
	#watchers = new Set();

	constructor(name, command, args) {
		mkdirSync(LOGS, { recursive: true });
		this.name = name;
		this.log = join(LOGS, `${name}-${process.pid}-${++counter}.log`);
		const file = createWriteStream(this.log);
		file.write(`${command} ${args.join(' ')}\n`);
		this.#process = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
		running.add(this.#process);
		this.#ended = new Promise(resolve => {
			this.#process.on('error', error => resolve(`could not be started: ${error.message}`));
			this.#process.on('close', (code, signal) => resolve(`ended with ${signal ?? code}`));
		}).then(how => {
			running.delete(this.#process);
			file.end();
			this.how = how;
			return how;
		});
		for (const stream of [this.#process.stdout, this.#process.stderr]) {
			createInterface({ input: stream }).on('line', line => {
				file.write(`${line}\n`);
				this.#lines = [...this.#lines.slice(1 - KEPT_LINES), line];
				this.#watchers.forEach(watch => watch(line));
			});
		}
	}

	/** The last lines that it printed. */
	get lastLines() {
		return this.#lines.join('\n');
	}

	/** Asks it to end, and makes it. */
	async stop() {
		this.#process.kill('SIGTERM');
		const timer = setTimeout(() => this.#process.kill('SIGKILL'), GRACE);
		await this.#ended;
		clearTimeout(timer);
	}

	/** Waits for a line that matches, among those kept and those to come. Ends the child when there is none in time. */
	async said(pattern, seconds = 60) {
		let watch, timer;
		const found = new Promise(resolve => {
			watch = line => {
				const match = line.match(pattern);
				if (match) resolve({ match });
			};
			this.#lines.forEach(watch);
			this.#watchers.add(watch);
		});
		const late = new Promise(resolve => {
			timer = setTimeout(() => resolve({ why: `said nothing like ${pattern} in ${seconds} s` }), seconds * 1_000);
		});
		const { match, why } = await Promise.race([found, late, this.#ended.then(how => ({ why: how }))]);
		clearTimeout(timer);
		this.#watchers.delete(watch);
		if (match) return match;
		await this.stop();
		throw new Error(`${this.name} ${why}. Its log (${this.log}) ends with:\n${this.lastLines}`);
	}
}
