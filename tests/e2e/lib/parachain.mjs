// What the parachain's runtime says of itself, without a chain that runs it.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expandMetadata, Metadata, TypeRegistry } from '@polkadot/types';
import { PARACHAIN } from './places.mjs';

/** Metadata in hex is a few megabytes at most. */
const LARGEST = 64 * 2 ** 20;

/**
 * The calls, events and errors of the parachain's runtime, as polkadot.js has them.
 *
 * @returns {Promise<{tx: object, events: object, errors: object}>}
 */
export async function parachainRuntime() {
	const { stdout } = await promisify(execFile)(PARACHAIN, ['metadata'], { maxBuffer: LARGEST });
	const registry = new TypeRegistry();
	const metadata = new Metadata(registry, stdout.trim());
	registry.setMetadata(metadata);
	const { tx, events, errors } = expandMetadata(registry, metadata);
	return { tx, events, errors };
}
