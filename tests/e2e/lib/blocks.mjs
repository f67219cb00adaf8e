// Waiting for the chain: by its blocks, never by the clock.

/** Seconds without a new block after which the chain is taken to stand still. */
const STANDSTILL = 60;

/**
 * Every best block in its order, from the present one on.
 *
 * @param {import('@polkadot/api').ApiPromise} api
 * @yields {{number: number, hash: string, parent: string, at: object}} `at` is the chain's state after the block
 */
export async function* blocks(api) {
	const waiting = [];
	let wake = () => {};
	const unsubscribe = await api.rpc.chain.subscribeNewHeads(header => {
		waiting.push(header);
		wake();
	});
	try {
		let last;
		for (;;) {
			const header = waiting.shift() ?? (await next());
			const number = header.number.toNumber();
			// A subscription may leave a block out when two come at once: none must be missed here.
			for (let missed = (last ?? number - 1) + 1; missed < number; missed++) {
				yield await look(api, await api.rpc.chain.getHeader(await api.rpc.chain.getBlockHash(missed)));
			}
			if (last === undefined || number > last) yield await look(api, header);
			last = Math.max(last ?? 0, number);
		}
	} finally {
		unsubscribe();
	}

	async function next() {
		let timer;
		const woken = new Promise(resolve => (wake = resolve));
		const late = new Promise((_, reject) => {
			timer = setTimeout(() => reject(new Error(`no new block in ${STANDSTILL} s`)), STANDSTILL * 1_000);
		});
		if (waiting.length === 0) await Promise.race([woken, late]).finally(() => clearTimeout(timer));
		clearTimeout(timer);
		return waiting.shift();
	}
}

async function look(api, header) {
	const hash = header.hash.toHex();
	return { number: header.number.toNumber(), hash, parent: header.parentHash.toHex(), at: await api.at(hash) };
}

/**
 * Waits until a block fulfils a condition.
 *
 * @param {import('@polkadot/api').ApiPromise} api
 * @param {string} what is waited for, for the message of a failure
 * @param {(block: object) => Promise<any>} condition gets a block; anything truthy ends the wait and is the result
 * @param {number} ceiling blocks after which it is a failure
 */
export async function until(api, what, condition, ceiling = 40) {
	let seen = 0;
	for await (const block of blocks(api)) {
		const result = await condition(block);
		if (result) return result;
		if (++seen > ceiling) throw new Error(`waited ${ceiling} blocks in vain: ${what}`);
	}
}

/** Lets so many new blocks come. Returns the last of them. */
export async function pass(api, count) {
	let left = count;
	return until(api, `${count} blocks`, async block => left-- === 0 && block, count + 1);
}

/**
 * The events of a block that a pallet emitted under a name, as `{ data, extrinsic }`; `extrinsic` is the index of the
 * extrinsic that emitted it, undefined when a hook did.
 */
export async function eventsOf(at, section, method) {
	const records = await at.query.system.events();
	return records
		.filter(({ event }) => event.section === section && event.method === method)
		.map(({ event, phase }) => ({
			data: event.data,
			extrinsic: phase.isApplyExtrinsic ? phase.asApplyExtrinsic.toNumber() : undefined,
		}));
}
