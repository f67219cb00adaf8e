// Transactions: sent, waited for, and judged by what the chain says.

/** Seconds that a transaction may take into a block. */
const CEILING = 60;

/** The chain executed the transaction and refused it by a named error. */
export class Refused extends Error {
	constructor(name, docs) {
		super(`${name}: ${docs}`);
		/** Pallet and name, such as `margin.NotEnoughCollateral`. */
		this.error = name;
		/** The error's doc text. */
		this.docs = docs;
	}
}

/** The transaction pool did not take the transaction, or dropped it. */
export class PoolRefused extends Error {}

/**
 * Signs and sends a transaction and waits until it is in a block.
 *
 * @returns {Promise<{hash: string, number: number, index: number, events: object[]}>} the block, the transaction's
 *   place in it and its events
 * @throws {Refused} when it failed in the block
 * @throws {PoolRefused} when it did not come that far
 */
export async function send(api, signer, tx, options = {}) {
	return settle(api, tx, watch => tx.signAndSend(signer, { nonce: -1, ...options }, watch));
}

/** Sends an unsigned transaction: otherwise as `send`. */
export async function sendUnsigned(api, tx) {
	return settle(api, tx, watch => tx.send(watch));
}

/** Sends transactions of one signer one behind the other, without waiting for a block in between. */
export async function sendAll(api, signer, txs) {
	const first = (await api.rpc.system.accountNextIndex(signer.address)).toNumber();
	return Promise.all(txs.map((tx, i) => send(api, signer, tx, { nonce: first + i })));
}

/** The name of the error that a call is refused by, with its doc text; undefined when it is not refused. */
export async function refusal(promise) {
	try {
		await promise;
		return undefined;
	} catch (error) {
		if (error instanceof Refused) return { name: error.error, docs: error.docs };
		throw error;
	}
}

/** Pallet and name of a dispatch error, such as `margin.NotEnoughCollateral`, with its doc text. */
export function nameOf(api, error) {
	if (!error.isModule) return { name: error.toString(), docs: '' };
	const { section, name, docs } = api.registry.findMetaError(error.asModule);
	return { name: `${section}.${name}`, docs: docs.join(' ').trim() };
}

async function settle(api, tx, submit) {
	let unsubscribe, timer;
	try {
		const result = await new Promise((resolve, reject) => {
			const what = `${tx.method.section}.${tx.method.method}`;
			timer = setTimeout(() => reject(new Error(`${what} was in no block for ${CEILING} s`)), CEILING * 1_000);
			submit(result => {
				if (result.isInBlock) resolve(result);
				else if (result.isError) reject(new PoolRefused(`${what}: ${result.status.type}`));
			}).then(
				stop => (unsubscribe = stop),
				error => reject(new PoolRefused(error.message)),
			);
		});
		if (result.dispatchError) {
			const { name, docs } = nameOf(api, result.dispatchError);
			throw new Refused(name, docs);
		}
		return {
			hash: result.status.asInBlock.toHex(),
			number: result.blockNumber.toNumber(),
			index: result.txIndex,
			events: result.events.map(({ event }) => event),
		};
	} finally {
		clearTimeout(timer);
		unsubscribe?.();
	}
}

/** The data of an event among those of a transaction. */
export function event(events, section, method) {
	const found = events.find(event => event.section === section && event.method === method);
	if (!found) throw new Error(`no event ${section}.${method} among ${events.map(e => `${e.section}.${e.method}`)}`);
	return found.data;
}
